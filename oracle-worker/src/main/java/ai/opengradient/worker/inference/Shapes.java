package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.graph.GraphTensor;
import ai.opengradient.store.lowering.Binding;
import java.util.List;
import java.util.Map;

/**
 * What decides which program a model becomes: the types of the inputs that a job gives, and the
 * values of those that are fixed.
 *
 * @param inputs in the model's order, without the fixed ones
 * @param values of the fixed ones, by name
 */
public record Shapes(List<TensorType> inputs, Map<String, GraphTensor> values) {
  public Shapes {
    inputs = List.copyOf(inputs);
    values = Map.copyOf(values);
  }

  /** With nothing fixed. */
  public static Shapes of(List<TensorType> inputs) {
    return new Shapes(inputs, Map.of());
  }

  /**
   * As the lowering takes it.
   *
   * @throws ai.opengradient.store.StoreException.InvalidOnnx if the file is broken
   */
  Binding bind(byte[] file) {
    return Binding.ofShapes(file, inputs, values);
  }
}
