package ai.opengradient.examples;

import java.util.List;

/** The greater of each number and zero. */
final class Relu implements Layer {
  private float[] output = {};

  @Override
  public float[] forward(float[] input) {
    output = new float[input.length];
    for (int index = 0; index < input.length; index++) {
      output[index] = Math.max(input[index], 0);
    }
    return output;
  }

  @Override
  public float[] backward(float[] outputGradient) {
    float[] inputGradient = new float[output.length];
    for (int index = 0; index < output.length; index++) {
      inputGradient[index] = output[index] > 0 ? outputGradient[index] : 0;
    }
    return inputGradient;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public String export(OnnxGraph graph, String name, String input) {
    return graph.node(name, "Relu", List.of(input));
  }
}
