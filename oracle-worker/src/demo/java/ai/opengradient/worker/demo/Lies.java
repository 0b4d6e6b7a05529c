package ai.opengradient.worker.demo;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Space;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.worker.app.Conduct;
import ai.opengradient.worker.calibration.Degradation;
import ai.opengradient.worker.dispute.PaddedRun;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
      case WEIGHTS, WEIGHT, FP16, INPUT, FIRST_NODE, MIDDLE_NODE, LAST_NODE, LONGEST_FOLD ->
          new WrongRun(runs(lie, threads, folder));
    };
  }

  /** What such a worker runs in place of the model; the model if it lies about the claim alone. */
  public static OtherRuns runs(Lie lie, int threads, Path folder) {
    UnaryOperator<List<WholeTensor>> inputs =
        lie == Lie.INPUT ? OtherInput::of : UnaryOperator.identity();
    return new OtherRuns(threads, folder, model -> changed(lie, model), inputs);
  }

  private static ChangedProgram changed(Lie lie, LoweredModel model) {
    return switch (lie) {
      case NONE, OUTPUT, SILENT, TREE, PADDING, INPUT ->
          ChangedProgram.degraded(model, Degradation.NONE);
      case WEIGHTS -> degraded(model, Degradation.INT8_WEIGHTS);
      case WEIGHT -> degraded(model, Degradation.FLIPPED_WEIGHT);
      case FP16 -> degraded(model, Degradation.FP16);
      case FIRST_NODE -> ChangedProgram.falsified(model, computed(model.program()).getFirst(), 0);
      case MIDDLE_NODE -> {
        List<Integer> computed = computed(model.program());
        yield ChangedProgram.falsified(model, computed.get(computed.size() / 2), 0);
      }
      case LAST_NODE -> ChangedProgram.falsified(model, computed(model.program()).getLast(), 0);
      case LONGEST_FOLD -> {
        List<Node> nodes = model.program().nodes();
        int longest =
            Collections.max(
                computed(model.program()),
                Comparator.comparingInt(position -> terms(nodes.get(position))));
        yield ChangedProgram.falsified(
            model, longest, middle(((Node.Computed) nodes.get(longest)).space()));
      }
    };
  }

  private static ChangedProgram degraded(LoweredModel model, Degradation degradation) {
    ChangedProgram degraded = ChangedProgram.degraded(model, degradation);
    if (degraded.program().equals(model.program())) {
      throw new IllegalArgumentException(
          "there is nothing to lie about: this model is the same with " + degradation.title());
    }
    return degraded;
  }

  private static int terms(Node node) {
    return node instanceof Node.Fold fold ? fold.terms().size() : 1;
  }

  /** The element in the middle of each axis: a convolution has all its terms there. */
  private static int middle(Space space) {
    int element = 0;
    for (int extent : space.extents()) {
      element = element * extent + extent / 2;
    }
    return element;
  }

  private static List<Integer> computed(Program program) {
    return IntStream.range(0, program.nodes().size())
        .filter(position -> program.nodes().get(position) instanceof Node.Computed)
        .boxed()
        .toList();
  }
}
