package ai.opengradient.examples;

import java.util.List;

/** Layers one after the other. */
record Network(List<Layer> layers) {

  float[] forward(float[] input) {
    float[] values = input;
    for (Layer layer : layers) {
      values = layer.forward(values);
    }
    return values;
  }

  /** Gathers the gradients of the last sample. */
  void backward(float[] outputGradient) {
    float[] gradient = outputGradient;
    for (Layer layer : layers.reversed()) {
      gradient = layer.backward(gradient);
    }
  }

  /** Moves every parameter against the gradients gathered from so many samples. */
  void step(float rate, int samples) {
    for (Layer layer : layers) {
      for (Parameter parameter : layer.parameters()) {
        parameter.step(rate, samples);
      }
    }
  }

  int parameterCount() {
    return layers.stream()
        .flatMap(layer -> layer.parameters().stream())
        .mapToInt(parameter -> parameter.values.length)
        .sum();
  }

  /**
   * Adds the layers to a graph as {@code layer1}, {@code layer2}, …; returns the name of the
   * output.
   */
  String export(OnnxGraph graph, String input) {
    String last = input;
    for (int index = 0; index < layers.size(); index++) {
      last = layers.get(index).export(graph, "layer" + (index + 1), last);
    }
    return last;
  }
}
