package ai.opengradient.store.manifest;

import java.util.List;

/**
 * Inputs with the outputs that the model's owner got for them.
 *
 * @param binding which of the manifest's bindings they belong to, counted from 0
 * @param inputs one per input of the binding
 * @param outputs one per output of the binding
 */
public record Example(int binding, List<ExampleTensor> inputs, List<ExampleTensor> outputs) {
  public Example {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
