package ai.opengradient.worker.dispute;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.worker.demo.Lie;
import ai.opengradient.worker.demo.Lies;
import ai.opengradient.worker.demo.OtherRuns;
import ai.opengradient.worker.dispute.Game.Outcome;
import ai.opengradient.worker.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The demo's lies about a real model: where each is, and that a challenger finds it there. */
final class LyingRunsTest {
  private static final long SEED = 20261204;
  private static final int RETURNS = 32;

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Path file = Repository.root().resolve("example-models/models/volatility.onnx");
  private final LoweredModel model = Lowering.lower(content(), Binding.NONE);
  private final Program program = model.program();
  private final Tensor input = Tensor.ofFloats(returns(), 1, RETURNS);
  private final Scene scene =
      Scene.of(
          DisputedProgram.of(program),
          new GivenTensors(List.of(WholeTensor.of(input)), model.weights(), List.of()),
          random);

  private byte[] content() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private float[] returns() {
    float[] returns = new float[RETURNS];
    for (int day = 0; day < RETURNS; day++) {
      returns[day] = (float) (random.nextDouble() - 0.5) / 16;
    }
    return returns;
  }

  @Test
  void nothingIsTheCanonicalRun() throws Exception {
    try (OtherRuns runs = Lies.runs(Lie.NONE, 1, folder)) {
      assertThat(claim(runs)).isEqualTo(scene.claim());
      OtherRuns.Traced traced = runs.trace(file, List.of(input), folder.resolve("trace"));
      assertThat(traced.run().tensors().root()).isEqualTo(scene.right().tensors().root());
      traced.file().close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Lie.class,
      names = {
        "WEIGHTS",
        "WEIGHT",
        "FP16",
        "INPUT",
        "FIRST_NODE",
        "MIDDLE_NODE",
        "LAST_NODE",
        "LONGEST_FOLD"
      })
  void anotherRunIsConvictedWhereItIsAnother(Lie lie) throws Exception {
    try (OtherRuns runs = Lies.runs(lie, 1, folder)) {
      List<WholeTensor> claim = claim(runs);
      OtherRuns.Traced traced = runs.trace(file, List.of(input), folder.resolve("trace"));
      assertThat(isPlaceOf(lie).test(firstDifference(traced.run()))).isTrue();
      assertThat(Comparison.first(scene.right(), claim, scene.bands())).isPresent();
      assertThat(Comparison.first(traced.run(), claim, scene.bands()))
          .as("a claim that its own trace bears out")
          .isEmpty();
      assertThat(play(traced.run(), claim)).isEqualTo(Outcome.PROVED);
      traced.file().close();
    }
  }

  @Test
  void paddingCantBeShown() {
    assertThat(play(PaddedRun.of(scene.right()), wrongClaim())).isEqualTo(Outcome.SILENCED);
  }

  private List<WholeTensor> wrongClaim() {
    WholeTensor right = scene.claim().getFirst();
    return List.of(Elements.of(right).put(0, right.element(0) ^ 1 << 26).tensor());
  }

  private List<WholeTensor> claim(OtherRuns runs) throws Exception {
    return runs.outputs(file, List.of(input)).stream().map(WholeTensor::of).toList();
  }

  private Predicate<Integer> isPlaceOf(Lie lie) {
    List<Integer> computed =
        IntStream.range(0, program.nodes().size())
            .filter(node -> program.nodes().get(node) instanceof Node.Computed)
            .boxed()
            .toList();
    return switch (lie) {
      case WEIGHTS, WEIGHT -> node -> program.nodes().get(node) instanceof Node.Weight;
      case INPUT -> node -> program.nodes().get(node) instanceof Node.Input;
      case FIRST_NODE, FP16 -> computed.getFirst()::equals;
      case MIDDLE_NODE -> computed.get(computed.size() / 2)::equals;
      case LAST_NODE -> computed.getLast()::equals;
      case LONGEST_FOLD ->
          node ->
              program.nodes().get(node) instanceof Node.Fold fold
                  && folds().allMatch(other -> other.terms().size() <= fold.terms().size());
      case NONE, OUTPUT, SILENT, TREE, PADDING -> node -> false;
    };
  }

  private Stream<Node.Fold> folds() {
    return program.nodes().stream().filter(Node.Fold.class::isInstance).map(Node.Fold.class::cast);
  }

  private int firstDifference(TracedRun run) {
    return IntStream.range(0, program.nodes().size())
        .filter(node -> !run.tensors().at(0, node).equals(scene.right().tensors().at(0, node)))
        .findFirst()
        .orElseThrow();
  }

  private Outcome play(TracedRun run, List<WholeTensor> claim) {
    Defence defence = new Defence(run, scene.job(claim));
    return new Game(
            scene.referee(claim, defence.root()),
            defence.top(),
            new Interrogation(
                scene.right(), scene.job(claim), scene.bands(), new Budget(2_000_000, 100_000)),
            path -> Optional.of(defence.answer(path)))
        .play();
  }
}
