package ai.opengradient.canon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.engine.EngineException.Fault;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.Trace;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a traced run leaves in a file is what the core computes, tensor by tensor, leaf by leaf. */
class TraceFileTest {
  private static final long SEED = 7;

  @TempDir private Path folder;

  private final RandomProgram random = new RandomProgram(new SplittableRandom(SEED)).addNodes(12);
  private final Program program = random.program();
  private final GivenTensors given = random.given();
  private final JobTensors job = new JobTensors(given.inputs(), given.claims());

  private Path run() throws InterruptedException, IOException {
    Path path = folder.resolve("trace");
    try (Engine engine = Engine.withThreads(2)) {
      CommittedTrace trace =
          engine.prepare(program, given.weights()).runTraced(job, path, RunListener.NONE);
      assertThat(trace.tensors()).isEqualTo(Trace.of(program, given).commitments());
    }
    return path;
  }

  @Test
  void hasTheTensorsAndLeavesOfTheCore() throws InterruptedException, IOException {
    Trace expected = Trace.of(program, given);
    try (TraceFile file = TraceFile.open(run(), program)) {
      assertThat(file.commitments()).isEqualTo(expected.commitments());
      for (int node = 0; node < program.nodes().size(); node++) {
        if (!(program.nodes().get(node) instanceof Node.Weight)) {
          WholeTensor tensor = expected.tensors().get(node).orElseThrow();
          assertThat(file.tensor(node)).isEqualTo(tensor);
          for (int leaf = 0; leaf < TensorTree.leafCount(tensor.data().remaining()); leaf++) {
            assertThat(file.leaf(node, leaf)).isEqualTo(TensorTree.leaf(tensor.data(), leaf));
          }
        }
      }
    }
  }

  @Test
  void hasNoWeightsAndNoFurtherLeaves() throws InterruptedException, IOException {
    int weight =
        program
            .nodes()
            .indexOf(
                program.nodes().stream()
                    .filter(Node.Weight.class::isInstance)
                    .findFirst()
                    .orElseThrow());
    try (TraceFile file = TraceFile.open(run(), program)) {
      assertThatThrownBy(() -> file.tensor(weight)).isInstanceOf(IllegalArgumentException.class);
      int last = program.nodes().size() - 1;
      int leaves = TensorTree.leafCount(program.nodes().getLast().length());
      assertThatThrownBy(() -> file.leaf(last, leaves))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> file.leaf(last, -1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void isRefusedIfItIsCutOff() throws InterruptedException, IOException {
    Path path = run();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
    }
    requireNoTrace(() -> TraceFile.open(path, program));
  }

  @Test
  void isRefusedIfItWasNotCompleted() throws InterruptedException, IOException {
    Path path = run();
    byte[] bytes = Files.readAllBytes(path);
    bytes[0] = 0;
    Files.write(path, bytes);
    requireNoTrace(() -> TraceFile.open(path, program));
  }

  @Test
  void isRefusedForAnotherProgram() throws InterruptedException, IOException {
    Path path = run();
    byte[] bytes = Files.readAllBytes(path);
    bytes[12] ^= 1;
    Files.write(path, bytes);
    requireNoTrace(() -> TraceFile.open(path, program));
  }

  private static void requireNoTrace(ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .asInstanceOf(InstanceOfAssertFactories.throwable(EngineException.class))
        .extracting(EngineException::fault)
        .isEqualTo(Fault.NO_TRACE);
  }

  @Test
  void isNotLeftBehindByARunThatFails() throws InterruptedException {
    Path path = folder.resolve("trace");
    try (Engine engine = Engine.withThreads(2)) {
      PreparedProgram prepared = engine.prepare(program, given.weights());
      assertThatThrownBy(() ->
              prepared.runTraced(
                  job,
                  path,
                  (node, algorithm, tally) -> {
                    throw new IllegalStateException("enough");
                  }))
          .hasMessage("enough");
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void isNotLeftBehindByARunThatIsInterrupted() throws InterruptedException {
    Path path = folder.resolve("trace");
    try (Engine engine = Engine.withThreads(2)) {
      PreparedProgram prepared = engine.prepare(program, given.weights());
      assertThatThrownBy(() ->
              prepared.runTraced(
                  job, path, (node, algorithm, tally) -> Thread.currentThread().interrupt()))
          .isInstanceOf(InterruptedException.class);
      assertThat(path).doesNotExist();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }
}
