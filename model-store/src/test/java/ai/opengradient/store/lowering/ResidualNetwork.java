package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.OnnxBuilder.integerList;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Random;

/** A network of the ResNet family with seeded weights: bottlenecks of three convolutions each. */
final class ResidualNetwork {
  private static final int CLASSES = 10;
  private static final int EXPANSION = 4;

  private final OnnxBuilder model = new OnnxBuilder();
  private final Random random = new Random(20261128);

  private ResidualNetwork() {}

  /**
   * A model with the input {@code image}: float32 [1,3,size,size].
   *
   * @param width channels of the first stage
   * @param blocks of each stage; 3, 4, 6, 3 with a width of 64 are ResNet-50
   */
  static OnnxBuilder of(int size, int width, int... blocks) {
    ResidualNetwork network = new ResidualNetwork();
    network.model.input("image", DataType.FLOAT32, 1, 3, size, size);
    String last = network.convolution("stem", "image", 3, width, 7, 2);
    last = network.activation("stem/relu", last);
    network.model.node(
        "stem/pool",
        "MaxPool",
        List.of(last),
        integerList("kernel_shape", 3, 3),
        integerList("strides", 2, 2),
        integerList("pads", 1, 1, 1, 1));
    last = "stem/pool";
    int channels = width;
    for (int stage = 0; stage < blocks.length; stage++) {
      for (int block = 0; block < blocks[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        last = network.block(stage + "/" + block, last, channels, width << stage, stride);
        channels = (width << stage) * EXPANSION;
      }
    }
    network.model.node("mean", "GlobalAveragePool", List.of(last));
    network.model.node("flat", "Flatten", List.of("mean"));
    network.model.weights("dense/w", network.random, channels, CLASSES, channels);
    network.model.weights("dense/b", network.random, channels, CLASSES);
    network.model.node(
        "scores", "Gemm", List.of("flat", "dense/w", "dense/b"), OnnxBuilder.integer("transB", 1));
    return network.model.output("scores", DataType.FLOAT32, 1, CLASSES);
  }

  private String block(String name, String input, int channels, int width, int stride) {
    String first =
        activation(name + "/a/relu", convolution(name + "/a", input, channels, width, 1, 1));
    String second =
        activation(name + "/b/relu", convolution(name + "/b", first, width, width, 3, stride));
    String third = convolution(name + "/c", second, width, width * EXPANSION, 1, 1);
    String shortcut =
        channels == width * EXPANSION && stride == 1
            ? input
            : convolution(name + "/d", input, channels, width * EXPANSION, 1, stride);
    model.node(name + "/sum", "Add", List.of(third, shortcut));
    return activation(name + "/relu", name + "/sum");
  }

  private String activation(String name, String input) {
    model.node(name, "Relu", List.of(input));
    return name;
  }

  /** With its normalisation. */
  private String convolution(
      String name, String input, int channels, int outputs, int kernel, int stride) {
    int padding = kernel / 2;
    model.weights(
        name + "/w", random, (long) channels * kernel * kernel, outputs, channels, kernel, kernel);
    model.node(
        name + "/conv",
        "Conv",
        List.of(input, name + "/w"),
        integerList("strides", stride, stride),
        integerList("pads", padding, padding, padding, padding));
    for (String statistic : List.of("/scale", "/bias", "/mean", "/variance")) {
      model.floats(name + statistic, statistics(outputs), outputs);
    }
    model.node(
        name,
        "BatchNormalization",
        List.of(
            name + "/conv", name + "/scale", name + "/bias", name + "/mean", name + "/variance"));
    return name;
  }

  private float[] statistics(int count) {
    float[] statistics = new float[count];
    for (int channel = 0; channel < count; channel++) {
      statistics[channel] = 0.5f + random.nextFloat();
    }
    return statistics;
  }
}
