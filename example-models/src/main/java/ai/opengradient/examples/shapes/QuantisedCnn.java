package ai.opengradient.examples.shapes;

import static ai.opengradient.examples.OnnxGraph.integer;
import static ai.opengradient.examples.OnnxGraph.integers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.opengradient.examples.OnnxGraph;
import java.util.List;

/**
 * A small residual network on integers: uint8 values, int8 weights with a scale for each filter.
 * Input {@code image}: uint8 [1,3,64,64]; outputs {@code scores}: uint8 [1,100], and {@code
 * logits}: float32 [1,100], the same as numbers.
 *
 * <p>Whoever computes it gets the same bits, in whatever order he multiplies. All scales are powers
 * of two, so that scaling is exact; accumulators stay below 2²⁴, where float32 has every integer;
 * means are over 64 values. What is left to round is rounded once, to even, and zero points are
 * even, so that rounding before adding them is rounding after. Weights stay within ±64: two
 * products with uint8 then fit 16 bits, and processors that add such pairs can't saturate.
 */
final class QuantisedCnn {
  private static final int SIDE = 64;
  private static final int CLASSES = 100;
  private static final int MIDDLE = 128;

  /** Of an image whose pixels are equally likely 0 to 255, around the middle. */
  private static final double IMAGE_MEAN_SQUARE = (256.0 * 256 - 1) / 12;

  private final OnnxGraph graph = new OnnxGraph("quantised-cnn");
  private final SplitMix64 random;

  /**
   * A tensor of uint8.
   *
   * @param exponent a step is 2 to this power
   * @param zero the uint8 that stands for 0
   * @param meanSquare of its values, in steps; about
   */
  private record Quantised(String name, int exponent, int zero, double meanSquare) {
    String scale() {
      return name + ".scale";
    }

    String zeroPoint() {
      return name + ".zero_point";
    }
  }

  /** The values that a layer's weights aim at, in steps of 2 to some power. */
  private enum Range {
    /** Cut at zero: the zero point is the least uint8, and saturation rectifies. */
    RECTIFIED(0, 64, -12, 40, 0.6),
    /** Both signs. */
    SIGNED(MIDDLE, 36, -10, 10, 1);

    private final int zero;
    private final double deviation;
    private final double lowestBias;
    private final double highestBias;
    private final double kept;

    Range(int zero, double deviation, double lowestBias, double highestBias, double kept) {
      this.zero = zero;
      this.deviation = deviation;
      this.lowestBias = lowestBias;
      this.highestBias = highestBias;
      this.kept = kept;
    }

    double meanSquare() {
      return kept * deviation * deviation;
    }
  }

  private QuantisedCnn(long seed) {
    random = SplitMix64.of(seed, 0);
  }

  static OnnxGraph graph(long seed) {
    return new QuantisedCnn(seed).build();
  }

  private OnnxGraph build() {
    graph.input("image", DataType.UINT8, 1, 3, SIDE, SIDE);
    Quantised last = stepped("image", -7, MIDDLE, IMAGE_MEAN_SQUARE);
    last = convolution("stem", last, new Filters(3, 32, 3, 1, 1), Range.RECTIFIED, -5);
    last = halved("halved", last);
    last = residual("first", last, 32);
    last = convolution("first.across", last, new Filters(32, 32, 3, 2, 32), Range.RECTIFIED, -6);
    last = convolution("first.between", last, new Filters(32, 64, 1, 1, 1), Range.RECTIFIED, -5);
    last = residual("second", last, 64);
    last = convolution("second.across", last, new Filters(64, 64, 3, 2, 64), Range.RECTIFIED, -4);
    last = convolution("second.between", last, new Filters(64, 128, 1, 1, 1), Range.RECTIFIED, -6);
    return classified(last, 128);
  }

  /** Two convolutions beside the stream; the sum is made of numbers and made integers again. */
  private Quantised residual(String name, Quantised stream, int channels) {
    Filters filters = new Filters(channels, channels, 3, 1, 1);
    Quantised branch = convolution(name + ".1", stream, filters, Range.RECTIFIED, -5);
    branch = convolution(name + ".2", branch, filters, Range.SIGNED, -5);
    String sum = graph.node(name + ".sum", "Add", List.of(numbers(stream), numbers(branch)));
    String rectified = graph.node(name + ".relu", "Relu", List.of(sum));
    double meanSquare = stream.meanSquare() + branch.meanSquare() / 2;
    return steps(name + ".stream", rectified, -5, meanSquare);
  }

  private OnnxGraph classified(Quantised image, int channels) {
    String mean = graph.node("mean", "GlobalAveragePool", List.of(numbers(image)));
    double meanSquare = image.meanSquare();
    Quantised pooled = steps("pooled", mean, image.exponent(), meanSquare);
    graph.node("features", "Flatten", List.of(pooled.name()), integer("axis", 1));
    Quantised features = stepped("features", pooled.exponent(), pooled.zero(), meanSquare);
    Quantised scores = product("scores", features, channels, CLASSES, -3);
    graph.output(scores.name(), DataType.UINT8, 1, CLASSES);
    graph.node(
        "logits", "DequantizeLinear", List.of(scores.name(), scores.scale(), scores.zeroPoint()));
    graph.output("logits", DataType.FLOAT, 1, CLASSES);
    return graph;
  }

  private record Filters(int channels, int count, int size, int stride, int groups) {
    int terms() {
      return channels / groups * size * size;
    }
  }

  private Quantised convolution(
      String name, Quantised input, Filters filters, Range range, int exponent) {
    Quantised output = stepped(name, exponent, range.zero, range.meanSquare());
    int count = filters.count();
    int size = filters.size();
    ScaledWeights weights =
        ScaledWeights.draw(random, count, filters.terms(), input.meanSquare(), range.deviation);
    int depth = filters.channels() / filters.groups();
    String weight =
        graph.constant(
            name + ".weight", DataType.INT8, weights.byFilter(), count, depth, size, size);
    int[] biases = weights.biases(random, range.lowestBias, range.highestBias);
    int padding = size / 2;
    graph.node(
        name,
        "QLinearConv",
        List.of(
            input.name(),
            input.scale(),
            input.zeroPoint(),
            weight,
            scales(name, weights, count, input, output),
            zeros(name, count),
            output.scale(),
            output.zeroPoint(),
            graph.integers32(name + ".bias", biases, count)),
        integer("group", filters.groups()),
        integers("kernel_shape", size, size),
        integers("pads", padding, padding, padding, padding),
        integers("strides", filters.stride(), filters.stride()));
    return output;
  }

  private Quantised product(String name, Quantised input, int terms, int columns, int exponent) {
    Range range = Range.SIGNED;
    Quantised output = stepped(name, exponent, range.zero, range.meanSquare());
    ScaledWeights weights =
        ScaledWeights.draw(random, columns, terms, input.meanSquare(), range.deviation);
    String weight =
        graph.constant(name + ".weight", DataType.INT8, weights.byTerm(), terms, columns);
    graph.node(
        name,
        "QLinearMatMul",
        List.of(
            input.name(),
            input.scale(),
            input.zeroPoint(),
            weight,
            scales(name, weights, columns, input, output),
            zeros(name, columns),
            output.scale(),
            output.zeroPoint()));
    return output;
  }

  private String scales(
      String name, ScaledWeights weights, int filters, Quantised input, Quantised output) {
    float[] scales = weights.scales(output.exponent() - input.exponent());
    return graph.weights(name + ".weight.scale", scales, filters);
  }

  private String zeros(String name, int filters) {
    return graph.constant(name + ".weight.zero_point", DataType.INT8, new byte[filters], filters);
  }

  /** The greatest of each four neighbours; larger than one of them, but of the same scale. */
  private Quantised halved(String name, Quantised input) {
    graph.node(
        name,
        "MaxPool",
        List.of(input.name()),
        integers("kernel_shape", 2, 2),
        integers("strides", 2, 2));
    return stepped(name, input.exponent(), input.zero(), 2 * input.meanSquare());
  }

  private String numbers(Quantised tensor) {
    return graph.node(
        tensor.name() + ".numbers",
        "DequantizeLinear",
        List.of(tensor.name(), tensor.scale(), tensor.zeroPoint()));
  }

  private Quantised steps(String name, String numbers, int exponent, double meanSquare) {
    Quantised tensor = stepped(name, exponent, 0, meanSquare);
    graph.node(name, "QuantizeLinear", List.of(numbers, tensor.scale(), tensor.zeroPoint()));
    return tensor;
  }

  /** States what a tensor's integers mean. */
  private Quantised stepped(String name, int exponent, int zero, double meanSquare) {
    Quantised tensor = new Quantised(name, exponent, zero, meanSquare);
    graph.weights(tensor.scale(), new float[] {Math.scalb(1f, exponent)});
    graph.constant(tensor.zeroPoint(), DataType.UINT8, new byte[] {(byte) zero});
    return tensor;
  }
}
