package ai.opengradient.examples;

import java.util.List;

/**
 * One step of a network, for one sample at a time; it remembers the last sample between forward and
 * backward.
 */
sealed interface Layer permits Convolution, Dense, MaxPooling, Relu {
  float[] forward(float[] input);

  /** Adds to the parameters' gradients; returns the gradient with respect to the last input. */
  float[] backward(float[] outputGradient);

  List<Parameter> parameters();

  /** Adds the layer's nodes to a graph; returns the name of its output. */
  String export(OnnxGraph graph, String name, String input);
}
