package ai.opengradient.canon.engine;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.engine.EngineException.Fault;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What an engine does besides computing: it takes turns, ends when it is told to, says no. */
class EngineTest {
  private static final long SEED = 20261202;

  @Test
  void givesTheSameBitsWithAnyNumberOfThreads() throws InterruptedException {
    RandomProgram random = new RandomProgram(new SplittableRandom(SEED)).addNodes(30);
    Program program = random.program();
    GivenTensors given = random.given();
    Set<List<Hash>> traces = new HashSet<>();
    for (int threads : new int[] {1, 2, 3, 8}) {
      try (Engine engine = Engine.withThreads(threads)) {
        traces.add(
            engine
                .prepare(program, given.weights())
                .trace(
                    new JobTensors(given.inputs(), given.claims()),
                    TraceSink.NONE,
                    RunListener.NONE)
                .tensors());
      }
    }
    assertThat(traces).hasSize(1);
  }

  @Test
  void runsAPreparedProgramAgainAndAgain() throws InterruptedException {
    Program program = doublings(2, 1_000);
    try (Engine engine = Engine.withThreads(2)) {
      PreparedProgram prepared = engine.prepare(program, Map.of());
      for (int run = 1; run < 4; run++) {
        WholeTensor output =
            prepared.run(JobTensors.of(List.of(filled(1_000, run))), RunListener.NONE).getFirst();
        assertThat(output).isEqualTo(filled(1_000, 4f * run));
      }
    }
  }

  @Test
  void tellsOfEveryNodeInOrder() throws InterruptedException {
    List<Integer> nodes = new ArrayList<>();
    List<Algorithm> algorithms = new ArrayList<>();
    try (Engine engine = Engine.withThreads(2)) {
      engine
          .prepare(doublings(3, 10), Map.of())
          .run(
              JobTensors.of(List.of(filled(10, 1))),
              (node, algorithm, tally) -> {
                nodes.add(node);
                algorithms.add(algorithm);
              });
    }
    assertThat(nodes).containsExactly(0, 1, 2, 3);
    assertThat(algorithms)
        .containsExactly(Algorithm.GIVEN, Algorithm.BLOCKS, Algorithm.BLOCKS, Algorithm.BLOCKS);
  }

  @Test
  void endsWhenItsThreadIsInterrupted() throws InterruptedException {
    List<Integer> nodes = new ArrayList<>();
    try (Engine engine = Engine.withThreads(2)) {
      PreparedProgram prepared = engine.prepare(doublings(5, 100_000), Map.of());
      JobTensors job = JobTensors.of(List.of(filled(100_000, 1)));
      assertThatThrownBy(() ->
              prepared.run(
                  job,
                  (node, algorithm, tally) -> {
                    nodes.add(node);
                    if (node == 2) {
                      Thread.currentThread().interrupt();
                    }
                  }))
          .isInstanceOf(InterruptedException.class);
      assertThat(nodes).containsExactly(0, 1, 2);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(prepared.run(job, RunListener.NONE)).containsExactly(filled(100_000, 32));
    }
  }

  /** All tensors together are larger than the memory of the tests. */
  @Test
  void holdsOnlyTheTensorsThatAreStillNeeded() throws InterruptedException {
    int count = 1 << 23;
    int nodes = (int) (Runtime.getRuntime().maxMemory() / ((long) count * Float.BYTES)) + 2;
    Program program = doublings(nodes, count);
    assertThat(PreparedProgram.memory(program)).isEqualTo(2L * count * Float.BYTES);
    try (Engine engine = Engine.withThreads(2)) {
      WholeTensor output =
          engine
              .prepare(program, Map.of())
              .run(JobTensors.of(List.of(filled(count, 0x1p-100f))), RunListener.NONE)
              .getFirst();
      assertThat(Float.intBitsToFloat((int) output.element(count - 1)))
          .isEqualTo(Math.scalb(0x1p-100f, nodes));
    }
  }

  @Test
  void refusesTensorsThatDoNotFit() throws InterruptedException {
    try (Engine engine = Engine.withThreads(1)) {
      PreparedProgram prepared = engine.prepare(doublings(1, 10), Map.of());
      requireFault(
          Fault.WRONG_TENSOR, () -> prepared.run(JobTensors.of(List.of()), RunListener.NONE));
      requireFault(
          Fault.WRONG_TENSOR,
          () -> prepared.run(JobTensors.of(List.of(filled(11, 1))), RunListener.NONE));
      WholeTensor wrong = new WholeTensor(INT64, 10, ByteBuffer.allocate(80));
      requireFault(
          Fault.WRONG_TENSOR, () -> prepared.run(JobTensors.of(List.of(wrong)), RunListener.NONE));
    }
  }

  @Test
  void refusesAModelWithoutItsWeights() {
    WholeTensor weight = filled(10, 1);
    Hash root = TensorTree.root(weight.data());
    Program program = new Program(List.of(new Node.Weight(FLOAT32, 10, root)), List.of(0));
    Program longer = new Program(List.of(new Node.Weight(FLOAT32, 300, root)), List.of(0));
    try (Engine engine = Engine.withThreads(1)) {
      requireFault(Fault.MISSING_WEIGHT, () -> engine.prepare(program, Map.of()));
      requireFault(Fault.MISSING_WEIGHT, () -> engine.prepare(longer, Map.of(root, weight.data())));
    }
  }

  @Test
  void refusesWhatIsLargerThanItsMemory() {
    Program large = doublings(1, (Integer.MAX_VALUE - 8) / Float.BYTES);
    Program larger = new Program(List.of(new Node.Input(INT64, Integer.MAX_VALUE, 0)), List.of(0));
    try (Engine engine = Engine.withThreads(1)) {
      requireFault(Fault.TOO_LARGE, () -> engine.prepare(large, Map.of()));
      requireFault(Fault.TOO_LARGE, () -> engine.prepare(larger, Map.of()));
    }
  }

  @Test
  void hasAtLeastOneThread() {
    assertThatThrownBy(() -> Engine.withThreads(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void requireFault(Fault fault, ThrowingCallable call) {
    assertThatThrownBy(call)
        .asInstanceOf(InstanceOfAssertFactories.throwable(EngineException.class))
        .extracting(EngineException::fault)
        .isEqualTo(fault);
  }

  /** A chain of nodes, each the double of the one before. */
  private static Program doublings(int nodes, int count) {
    List<Node> chain = new ArrayList<>();
    chain.add(new Node.Input(FLOAT32, count, 0));
    for (int node = 0; node < nodes; node++) {
      View view = View.of(View.Axis.along(count, 0));
      chain.add(
          new Node.Map(
              FLOAT32,
              Space.of(count),
              List.of(Slot.of(new Operand(node, FLOAT32, view))),
              Expression.of(Primitive.apply(Operation.ADD, 0, 0))));
    }
    return new Program(chain, List.of(nodes));
  }

  private static WholeTensor filled(int count, float value) {
    ByteBuffer data = ByteBuffer.allocate(count * Float.BYTES);
    while (data.hasRemaining()) {
      data.putFloat(value);
    }
    return new WholeTensor(FLOAT32, count, data.flip());
  }
}
