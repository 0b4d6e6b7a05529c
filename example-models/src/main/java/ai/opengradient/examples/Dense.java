package ai.opengradient.examples;

import java.util.List;
import java.util.Random;

/** Every output is a weighted sum of every input, plus a bias. */
final class Dense implements Layer {
  private final int inputs;
  private final int outputs;
  private final Parameter weights;
  private final Parameter bias;
  private float[] input = {};

  Dense(Random random, int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = Parameter.random(random, outputs * inputs, inputs);
    this.bias = Parameter.zeros(outputs);
  }

  @Override
  public float[] forward(float[] input) {
    this.input = input;
    float[] output = new float[outputs];
    for (int row = 0; row < outputs; row++) {
      float sum = bias.values[row];
      for (int column = 0; column < inputs; column++) {
        sum += weights.values[row * inputs + column] * input[column];
      }
      output[row] = sum;
    }
    return output;
  }

  @Override
  public float[] backward(float[] outputGradient) {
    float[] inputGradient = new float[inputs];
    for (int row = 0; row < outputs; row++) {
      float slope = outputGradient[row];
      bias.gradient[row] += slope;
      for (int column = 0; column < inputs; column++) {
        weights.gradient[row * inputs + column] += slope * input[column];
        inputGradient[column] += slope * weights.values[row * inputs + column];
      }
    }
    return inputGradient;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weights, bias);
  }

  /** Flattens the input first, so that it may follow an image. */
  @Override
  public String export(OnnxGraph graph, String name, String input) {
    String row = graph.node(name + "/row", "Flatten", List.of(input), OnnxGraph.integer("axis", 1));
    return graph.node(
        name,
        "Gemm",
        List.of(
            row,
            graph.weights(name + "/weights", weights.values, outputs, inputs),
            graph.weights(name + "/bias", bias.values, outputs)),
        OnnxGraph.integer("transB", 1));
  }
}
