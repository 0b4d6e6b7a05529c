package ai.opengradient.canon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.engine.step.Tier;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.Trace;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compares the engine with {@code canon/core}, and counts what the engine did. */
final class Comparison {
  private final Engine engine;
  private final Map<Algorithm, Integer> nodes = new EnumMap<>(Algorithm.class);
  private final Map<Algorithm, Tally> tallies = new EnumMap<>(Algorithm.class);

  Comparison(Engine engine) {
    this.engine = engine;
  }

  /** Runs the program both ways; fails at the first element that differs. */
  void compare(String description, Program program, GivenTensors given)
      throws InterruptedException {
    PreparedProgram prepared = engine.prepare(program, given.weights());
    JobTensors job = new JobTensors(given.inputs(), given.claims());
    TensorStore store = new TensorStore(program);
    CommittedTrace trace = prepared.trace(job, store, this::count);
    Trace expected = Trace.of(program, given);
    for (int node = 0; node < program.nodes().size(); node++) {
      WholeTensor right = expected.tensors().get(node).orElseThrow();
      if (program.nodes().get(node) instanceof Node.Computed) {
        requireSame(description + ", node " + node, program, node, store.tensor(node), right);
      }
    }
    assertThat(trace.tree().root()).as(description).isEqualTo(expected.tree().root());
    List<WholeTensor> outputs = prepared.run(job, RunListener.NONE);
    for (int output = 0; output < outputs.size(); output++) {
      assertThat(outputs.get(output))
          .as("%s, output %d", description, output)
          .isEqualTo(trace.outputs().get(output));
    }
  }

  private static void requireSame(
      String description, Program program, int node, WholeTensor actual, WholeTensor expected) {
    if (!actual.data().equals(expected.data())) {
      for (int element = 0; element < expected.count(); element++) {
        assertThat(Long.toHexString(actual.element(element)))
            .as("%s, element %d of %s", description, element, program.nodes().get(node))
            .isEqualTo(Long.toHexString(expected.element(element)));
      }
      assertThat(actual.data()).as(description).isEqualTo(expected.data());
    }
  }

  private void count(int node, Algorithm algorithm, Tally tally) {
    nodes.merge(algorithm, 1, Integer::sum);
    tallies.computeIfAbsent(algorithm, _ -> new Tally()).add(tally);
  }

  int nodes(Algorithm algorithm) {
    return nodes.getOrDefault(algorithm, 0);
  }

  long count(Algorithm algorithm, Tier tier) {
    return tallies.getOrDefault(algorithm, new Tally()).count(tier);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    nodes.forEach((algorithm, count) -> {
      text.append("  %-8s %,9d nodes".formatted(algorithm, count));
      for (Tier tier : Tier.values()) {
        text.append(", %,d %s".formatted(count(algorithm, tier), tier));
      }
      text.append('\n');
    });
    return text.toString();
  }

  /** Keeps the tensors of a trace. */
  private static final class TensorStore implements TraceSink {
    private final Program program;
    private final Map<Integer, ByteBuffer> data = new ConcurrentHashMap<>();

    TensorStore(Program program) {
      this.program = program;
    }

    @Override
    public void write(int node, long position, ByteBuffer bytes) {
      Node definition = program.nodes().get(node);
      ByteBuffer whole =
          data.computeIfAbsent(
              node, _ -> ByteBuffer.allocate(Math.toIntExact(definition.length())));
      whole.put((int) position, bytes, bytes.position(), bytes.remaining());
    }

    WholeTensor tensor(int node) {
      Node definition = program.nodes().get(node);
      ByteBuffer bytes = data.getOrDefault(node, ByteBuffer.allocate(0));
      return new WholeTensor(definition.dataType(), definition.count(), bytes);
    }
  }
}
