package ai.opengradient.examples.shapes;

import static ai.opengradient.examples.OnnxGraph.integers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.opengradient.examples.OnnxGraph;
import java.util.List;

/** Models of one operator, for measurements. */
final class SingleOperators {
  private static final int ROWS = 768;
  private static final int TERMS = 768;
  private static final int COLUMNS = 3072;
  private static final int CHANNELS = 256;
  private static final int SIDE = 28;

  private SingleOperators() {}

  /**
   * A matrix product of 3.6 GFLOP, as in BERT's feed-forward part. Input {@code rows}: float32
   * [768,768]; output {@code products}: float32 [768,3072].
   */
  static OnnxGraph matrixProduct(long seed) {
    OnnxGraph graph = new OnnxGraph("gemm");
    String rows = graph.input("rows", DataType.FLOAT, ROWS, TERMS);
    String weight =
        new RandomWeights(graph, seed).normal("weight", 1 / Math.sqrt(TERMS), TERMS, COLUMNS);
    graph.node("products", "MatMul", List.of(rows, weight));
    graph.output("products", DataType.FLOAT, ROWS, COLUMNS);
    return graph;
  }

  /**
   * A convolution of 0.9 GFLOP, as in ResNet-50's third stage at twice its side. Input {@code
   * image}: float32 [1,256,28,28]; output {@code filtered}, of the same shape.
   */
  static OnnxGraph convolution(long seed) {
    OnnxGraph graph = new OnnxGraph("conv");
    String image = graph.input("image", DataType.FLOAT, 1, CHANNELS, SIDE, SIDE);
    String weight =
        new RandomWeights(graph, seed)
            .normal("weight", 1 / Math.sqrt(CHANNELS * 9), CHANNELS, CHANNELS, 3, 3);
    graph.node(
        "filtered",
        "Conv",
        List.of(image, weight),
        integers("kernel_shape", 3, 3),
        integers("pads", 1, 1, 1, 1));
    graph.output("filtered", DataType.FLOAT, 1, CHANNELS, SIDE, SIDE);
    return graph;
  }
}
