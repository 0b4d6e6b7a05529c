package ai.opengradient.examples;

import static ai.opengradient.examples.OnnxGraph.integer;
import static ai.opengradient.examples.OnnxGraph.integers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Random;

/**
 * Models that learnt nothing, for measurements and tests: one of a known amount of work, one of
 * hardly any.
 */
public final class BenchmarkModels {
  private static final int CHANNELS = 64;
  private static final int LAYERS = 16;
  private static final int CLASSES = 1000;

  private BenchmarkModels() {}

  /**
   * Operations of {@link #convolutions}, an addition and a multiplication counted as two: the
   * layers' outputs times the terms of each.
   */
  public static final long CONVOLUTIONS_OPERATIONS =
      2L
          * (112L * 112 * 32 * (3 * 7 * 7)
              + 56L * 56 * CHANNELS * (32 * 3 * 3)
              + LAYERS * 56L * 56 * CHANNELS * (CHANNELS * 3 * 3)
              + (long) CHANNELS * CLASSES);

  /**
   * About 4 GFLOP: eighteen convolutions, a mean over the image and a dense layer. Input {@code
   * image}: float32 [1,3,224,224]; output {@code scores}: float32 [1,1000]. The layers of the
   * middle share one tensor of seeded weights, which keeps the file below 1 MB.
   */
  public static byte[] convolutions() {
    Random random = new Random(20261121);
    OnnxGraph graph = new OnnxGraph("convolutions");
    String image = graph.input("image", DataType.FLOAT, 1, 3, 224, 224);
    String first = graph.weights("first", weights(random, 32, 3 * 7 * 7), 32, 3, 7, 7);
    String second =
        graph.weights("second", weights(random, CHANNELS, 32 * 3 * 3), CHANNELS, 32, 3, 3);
    String shared =
        graph.weights(
            "shared", weights(random, CHANNELS, CHANNELS * 3 * 3), CHANNELS, CHANNELS, 3, 3);
    String dense = graph.weights("dense", weights(random, CHANNELS, CLASSES), CHANNELS, CLASSES);

    String last = convolution(graph, "halved", image, first, 3, 2);
    last = convolution(graph, "quartered", last, second, 1, 2);
    for (int layer = 1; layer <= LAYERS; layer++) {
      last = convolution(graph, "layer" + layer, last, shared, 1, 1);
    }
    last = graph.node("mean", "GlobalAveragePool", List.of(last));
    last = graph.node("flat", "Flatten", List.of(last), integer("axis", 1));
    graph.node("scores", "MatMul", List.of(last, dense));
    graph.output("scores", DataType.FLOAT, 1, CLASSES);
    return graph.toBytes();
  }

  /** y = 3x + 0.5. Input {@code x}, output {@code y}: float32 [1]. */
  public static byte[] line() {
    OnnxGraph graph = new OnnxGraph("line");
    String x = graph.input("x", DataType.FLOAT, 1);
    String slope = graph.weights("slope", new float[] {3}, 1);
    String intercept = graph.weights("intercept", new float[] {0.5f}, 1);
    String product = graph.node("product", "Mul", List.of(slope, x));
    graph.node("y", "Add", List.of(product, intercept));
    graph.output("y", DataType.FLOAT, 1);
    return graph.toBytes();
  }

  private static String convolution(
      OnnxGraph graph, String name, String input, String weights, int padding, int stride) {
    String sum =
        graph.node(
            name + "/sum",
            "Conv",
            List.of(input, weights),
            integers("pads", padding, padding, padding, padding),
            integers("strides", stride, stride));
    return graph.node(name, "Relu", List.of(sum));
  }

  /** Of a spread that keeps the values' size from layer to layer. */
  private static float[] weights(Random random, int outputs, int terms) {
    float[] values = new float[outputs * terms];
    float limit = (float) Math.sqrt(6.0 / terms);
    for (int index = 0; index < values.length; index++) {
      values[index] = (random.nextFloat() * 2 - 1) * limit;
    }
    return values;
  }
}
