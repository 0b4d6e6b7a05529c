package ai.opengradient.examples;

import java.util.List;

/** The greatest of each square of two by two pixels, channel by channel. */
final class MaxPooling implements Layer {
  private final int channels;
  private final int size;
  private final int[] chosen;

  /**
   * @param size height and width of the input, even
   */
  MaxPooling(int channels, int size) {
    this.channels = channels;
    this.size = size;
    this.chosen = new int[channels * size * size / 4];
  }

  @Override
  public float[] forward(float[] input) {
    float[] output = new float[chosen.length];
    int half = size / 2;
    for (int at = 0; at < output.length; at++) {
      int row = at / half;
      int corner = row * 2 * size + at % half * 2;
      int best = corner;
      for (int other : new int[] {corner + 1, corner + size, corner + size + 1}) {
        best = input[other] > input[best] ? other : best;
      }
      chosen[at] = best;
      output[at] = input[best];
    }
    return output;
  }

  @Override
  public float[] backward(float[] outputGradient) {
    float[] inputGradient = new float[channels * size * size];
    for (int at = 0; at < chosen.length; at++) {
      inputGradient[chosen[at]] = outputGradient[at];
    }
    return inputGradient;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public String export(OnnxGraph graph, String name, String input) {
    return graph.node(
        name,
        "MaxPool",
        List.of(input),
        OnnxGraph.integers("kernel_shape", 2, 2),
        OnnxGraph.integers("strides", 2, 2));
  }
}
