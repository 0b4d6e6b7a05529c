package ai.opengradient.examples;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Three by three weights slide over a square image with a border of zeros; the size stays. */
final class Convolution implements Layer {
  private static final int TAPS = 9;

  private final int inputs;
  private final int outputs;
  private final int size;
  private final Parameter weights;
  private final Parameter bias;
  private float[] input = {};

  /**
   * @param inputs channels of the input
   * @param outputs channels of the output
   * @param size height and width
   */
  Convolution(Random random, int inputs, int outputs, int size) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.size = size;
    this.weights = Parameter.random(random, outputs * inputs * TAPS, inputs * TAPS);
    this.bias = Parameter.zeros(outputs);
  }

  @Override
  public float[] forward(float[] input) {
    this.input = input;
    float[] output = new float[outputs * size * size];
    for (int to = 0; to < outputs; to++) {
      Arrays.fill(output, to * size * size, (to + 1) * size * size, bias.values[to]);
    }
    forEachRow((weight, outputStart, inputStart, length) -> {
      float factor = weights.values[weight];
      for (int step = 0; step < length; step++) {
        output[outputStart + step] += factor * input[inputStart + step];
      }
    });
    return output;
  }

  @Override
  public float[] backward(float[] outputGradient) {
    for (int at = 0; at < outputGradient.length; at++) {
      bias.gradient[at / (size * size)] += outputGradient[at];
    }
    float[] inputGradient = new float[inputs * size * size];
    forEachRow((weight, outputStart, inputStart, length) -> {
      float factor = weights.values[weight];
      float slope = 0;
      for (int step = 0; step < length; step++) {
        slope += outputGradient[outputStart + step] * input[inputStart + step];
        inputGradient[inputStart + step] += factor * outputGradient[outputStart + step];
      }
      weights.gradient[weight] += slope;
    });
    return inputGradient;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weights, bias);
  }

  @Override
  public String export(OnnxGraph graph, String name, String input) {
    return graph.node(
        name,
        "Conv",
        List.of(
            input,
            graph.weights(name + "/weights", weights.values, outputs, inputs, 3, 3),
            graph.weights(name + "/bias", bias.values, outputs)),
        OnnxGraph.integers("pads", 1, 1, 1, 1));
  }

  /**
   * A run of pixels that one weight connects: the output's from one index on, the input's from
   * another.
   */
  private interface Row {
    void visit(int weight, int outputStart, int inputStart, int length);
  }

  private void forEachRow(Row row) {
    for (int weight = 0; weight < outputs * inputs * TAPS; weight++) {
      int to = weight / TAPS / inputs;
      int from = weight / TAPS % inputs;
      int down = weight % TAPS / 3 - 1;
      int right = weight % 3 - 1;
      int left = Math.max(0, -right);
      int length = size - Math.abs(right);
      for (int y = Math.max(0, -down); y < Math.min(size, size - down); y++) {
        row.visit(
            weight,
            (to * size + y) * size + left,
            (from * size + y + down) * size + left + right,
            length);
      }
    }
  }
}
