package ai.opengradient.examples.shapes;

import static ai.opengradient.examples.OnnxGraph.decimal;
import static ai.opengradient.examples.OnnxGraph.integer;
import static ai.opengradient.examples.OnnxGraph.integers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.opengradient.examples.OnnxGraph;
import java.util.List;

/**
 * The residual network of 50 layers at 224×224, its stride in the 3×3 convolutions. Input {@code
 * pixel_values}: float32 [1,3,224,224], of mean 0 and deviation 1 or so; output {@code logits}:
 * float32 [1,1000].
 *
 * <p>Source: He, Zhang, Ren, Sun, "Deep residual learning for image recognition", 2015; the stride
 * as in torchvision.
 */
final class ResNet50 {
  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final int EXPANSION = 4;
  private static final int CLASSES = 1000;

  /** The variance that is left of a normal value's, of mean 0.1 and variance 1, when rectified. */
  private static final double RECTIFIED = 0.38;

  /** What a branch adds to the variance of the sum: its last normalisation's factor, squared. */
  private static final double BRANCH = 0.16;

  private final OnnxGraph graph = new OnnxGraph("resnet50");
  private final RandomWeights random;

  /** Of the residual stream so far, for the running statistics behind it. */
  private double variance;

  private ResNet50(long seed) {
    random = new RandomWeights(graph, seed);
  }

  static OnnxGraph graph(long seed) {
    return new ResNet50(seed).build();
  }

  private OnnxGraph build() {
    String image = graph.input("pixel_values", DataType.FLOAT, 1, 3, 224, 224);
    String weight = random.normal("conv1.weight", Math.sqrt(2.0 / (3 * 7 * 7)), 64, 3, 7, 7);
    String last = convolution("conv1", image, weight, 7, 2);
    last = relu("relu", normalised("bn1", last, 64, 1, 1));
    last =
        graph.node(
            "maxpool",
            "MaxPool",
            List.of(last),
            integers("kernel_shape", 3, 3),
            integers("pads", 1, 1, 1, 1),
            integers("strides", 2, 2));
    variance = RECTIFIED;
    int channels = 64;
    int width = 64;
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      for (int block = 0; block < BLOCKS[stage]; block++) {
        int stride = block == 0 && stage > 0 ? 2 : 1;
        last = bottleneck("layer" + (stage + 1) + "." + block, last, channels, width, stride);
        channels = width * EXPANSION;
      }
      width *= 2;
    }
    return classified(last, channels);
  }

  /** Narrows, looks around, widens; what came in is added. */
  private String bottleneck(String name, String input, int channels, int width, int stride) {
    int wide = width * EXPANSION;
    String last = convolution(name + ".conv1", input, channels, width, 1, 1);
    last = relu(name + ".relu1", normalised(name + ".bn1", last, width, variance, 1));
    last = convolution(name + ".conv2", last, width, width, 3, stride);
    last = relu(name + ".relu2", normalised(name + ".bn2", last, width, RECTIFIED, 1));
    last = convolution(name + ".conv3", last, width, wide, 1, 1);
    last = normalised(name + ".bn3", last, wide, RECTIFIED, Math.sqrt(BRANCH));

    String stream = input;
    if (channels != wide) {
      stream = convolution(name + ".downsample.0", input, channels, wide, 1, stride);
      stream = normalised(name + ".downsample.1", stream, wide, variance, 1);
      variance = RECTIFIED * (1 + BRANCH);
    } else {
      variance += RECTIFIED * BRANCH;
    }
    return relu(name + ".relu3", graph.node(name + ".add", "Add", List.of(last, stream)));
  }

  private OnnxGraph classified(String input, int channels) {
    String mean = graph.node("avgpool", "GlobalAveragePool", List.of(input));
    String flat = graph.node("flatten", "Flatten", List.of(mean), integer("axis", 1));
    String weight = random.normal("fc.weight", Math.sqrt(2.0 / channels), CLASSES, channels);
    String bias = random.between("fc.bias", -0.1, 0.1, CLASSES);
    graph.node("logits", "Gemm", List.of(flat, weight, bias), integer("transB", 1));
    graph.output("logits", DataType.FLOAT, 1, CLASSES);
    return graph;
  }

  /** Weights of variance 2 / terms: the sums' variance is twice the terms'. */
  private String convolution(
      String name, String input, int channels, int filters, int size, int stride) {
    double deviation = Math.sqrt(2.0 / (channels * size * size));
    String weight = random.filters(name + ".weight", deviation, filters, channels, size, size);
    return convolution(name, input, weight, size, stride);
  }

  private String convolution(String name, String input, String weight, int size, int stride) {
    int padding = size / 2;
    return graph.node(
        name,
        "Conv",
        List.of(input, weight),
        integers("dilations", 1, 1),
        integer("group", 1),
        integers("kernel_shape", size, size),
        integers("pads", padding, padding, padding, padding),
        integers("strides", stride, stride));
  }

  /** Running statistics near the true ones, as after training: what comes out is of size 1. */
  private String normalised(
      String name, String input, int channels, double inputVariance, double factor) {
    double expected = 2 * inputVariance;
    double deviation = Math.sqrt(expected);
    String scale = random.between(name + ".weight", 0.8 * factor, 1.2 * factor, channels);
    String shift = random.between(name + ".bias", -0.2 * factor, 0.4 * factor, channels);
    String mean =
        random.between(name + ".running_mean", -0.2 * deviation, 0.2 * deviation, channels);
    String spread = random.between(name + ".running_var", 0.7 * expected, 1.4 * expected, channels);
    return graph.node(
        name,
        "BatchNormalization",
        List.of(input, scale, shift, mean, spread),
        decimal("epsilon", 1e-5f),
        decimal("momentum", 0.9f));
  }

  private String relu(String name, String input) {
    return graph.node(name, "Relu", List.of(input));
  }
}
