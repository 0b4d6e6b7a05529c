package ai.opengradient.worker.demo;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.worker.app.Conduct;
import ai.opengradient.worker.calibration.Degradation;
import ai.opengradient.worker.dispute.PaddedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** How each lie is told. */
public final class Lies {
  private Lies() {}

  /**
   * The conduct of a worker that tells a lie.
   *
   * @param threads of the engine that runs something else
   * @param folder of its traces
   */
  public static Conduct conduct(Lie lie, int threads, Path folder) {
    return switch (lie) {
      case NONE -> Conduct.HONEST;
      case OUTPUT -> new WrongClaim(Optional.of(UnaryOperator.identity()));
      case SILENT -> new WrongClaim(Optional.empty());
      case TREE -> new WrongClaim(Optional.of(GarbageTree::under));
      case PADDING -> new WrongClaim(Optional.of(PaddedRun::of));
      case WEIGHTS -> other(threads, folder, degraded(Degradation.INT8_WEIGHTS));
      case WEIGHT -> other(threads, folder, degraded(Degradation.FLIPPED_WEIGHT));
      case FP16 -> other(threads, folder, degraded(Degradation.FP16));
      case INPUT ->
          new WrongRun(new OtherRuns(threads, folder, ChangedProgram::same, OtherInput::of));
      case FIRST_NODE -> falsified(threads, folder, computed -> 0);
      case MIDDLE_NODE -> falsified(threads, folder, computed -> computed / 2);
      case LAST_NODE -> falsified(threads, folder, computed -> computed - 1);
    };
  }

  private static Function<LoweredModel, ChangedProgram> degraded(Degradation degradation) {
    return model -> ChangedProgram.degraded(model, degradation);
  }

  private static Conduct falsified(
      int threads, Path folder, IntUnaryOperator choice) {
    return other(
        threads,
        folder,
        model -> {
          List<Integer> computed = computed(model.program());
          return ChangedProgram.falsified(
              model, computed.get(choice.applyAsInt(computed.size())));
        });
  }

  private static Conduct other(
      int threads, Path folder, Function<LoweredModel, ChangedProgram> change) {
    UnaryOperator<List<WholeTensor>> sameInputs = UnaryOperator.identity();
    return new WrongRun(new OtherRuns(threads, folder, change, sameInputs));
  }

  private static List<Integer> computed(Program program) {
    return IntStream.range(0, program.nodes().size())
        .filter(position -> program.nodes().get(position) instanceof Node.Computed)
        .boxed()
        .toList();
  }
}
