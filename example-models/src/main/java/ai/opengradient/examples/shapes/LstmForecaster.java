package ai.opengradient.examples.shapes;

import static ai.opengradient.examples.OnnxGraph.fixed;
import static ai.opengradient.examples.OnnxGraph.integer;
import static ai.opengradient.examples.OnnxGraph.integers;
import static ai.opengradient.examples.OnnxGraph.open;
import static ai.opengradient.examples.OnnxGraph.text;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.opengradient.examples.OnnxGraph;
import java.util.List;

/**
 * A forecast from a series of any length: long short-term memory, first in both directions, then
 * forward. Input {@code series}: float32 [1,steps,16], of deviation 1 or so; output {@code
 * forecast}: float32 [1,8].
 *
 * <p>Source: Hochreiter, Schmidhuber, "Long short-term memory", 1997, with the forget gate that
 * ONNX's operator has.
 */
final class LstmForecaster {
  static final int FEATURES = 16;
  private static final int HIDDEN = 128;
  private static final int HORIZON = 8;
  private static final int GATES = 4;

  private final OnnxGraph graph = new OnnxGraph("lstm");
  private final RandomWeights random;

  private LstmForecaster(long seed) {
    random = new RandomWeights(graph, seed);
  }

  static OnnxGraph graph(long seed) {
    return new LstmForecaster(seed).build();
  }

  private OnnxGraph build() {
    String series = graph.input("series", DataType.FLOAT, fixed(1), open("steps"), fixed(FEATURES));
    String stepsFirst =
        graph.node("steps_first", "Transpose", List.of(series), integers("perm", 1, 0, 2));
    memory("both_ways", stepsFirst, "bidirectional", 2, FEATURES, List.of("both_ways"));
    String stepsBatchFirst =
        graph.node(
            "directions_inside", "Transpose", List.of("both_ways"), integers("perm", 0, 2, 1, 3));
    String keep = graph.integers64("join_directions", new long[] {0, 0, 2 * HIDDEN}, 3);
    String joined = graph.node("joined", "Reshape", List.of(stepsBatchFirst, keep));
    memory("onward", joined, "forward", 1, 2 * HIDDEN, List.of("", "onward"));
    String axis = graph.integers64("direction_axis", new long[] {0}, 1);
    String summary = graph.node("summary", "Squeeze", List.of("onward", axis));
    String weight = random.normal("dense.weight", 2 / Math.sqrt(HIDDEN), HORIZON, HIDDEN);
    String bias = random.between("dense.bias", -0.1, 0.1, HORIZON);
    graph.node("forecast", "Gemm", List.of(summary, weight, bias), integer("transB", 1));
    graph.output("forecast", DataType.FLOAT, 1, HORIZON);
    return graph;
  }

  /** Weights that give the gates' sums a deviation of 1 or so. */
  private void memory(
      String name,
      String input,
      String direction,
      int directions,
      int inputs,
      List<String> outputs) {
    double deviation = 1 / Math.sqrt(inputs);
    long gates = (long) GATES * HIDDEN;
    String weight = random.normal(name + ".weight", deviation, directions, gates, inputs);
    String recurrence =
        random.normal(name + ".recurrence", 1 / Math.sqrt(HIDDEN), directions, gates, HIDDEN);
    String bias = random.between(name + ".bias", -0.2, 0.2, directions, 2 * gates);
    graph.node(
        name,
        "LSTM",
        List.of(input, weight, recurrence, bias),
        outputs,
        text("direction", direction),
        integer("hidden_size", HIDDEN));
  }
}
