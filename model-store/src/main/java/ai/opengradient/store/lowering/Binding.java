package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.graph.GraphTensor;
import ai.opengradient.store.onnx.Dimension;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.store.onnx.TensorSignature;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What a model leaves open and a program must know. Names that the model does not have are ignored.
 *
 * @param sizes of open dimensions, by their name
 * @param values of inputs that are thereby fixed: they become constants, and are no inputs any more
 */
public record Binding(Map<String, Integer> sizes, Map<String, GraphTensor> values) {
  /** For models that leave nothing open. */
  public static final Binding NONE = new Binding(Map.of(), Map.of());

  public Binding {
    sizes = Map.copyOf(sizes);
    values = Map.copyOf(values);
  }

  public static Binding ofSizes(Map<String, Integer> sizes) {
    return new Binding(sizes, Map.of());
  }

  /**
   * The sizes that inputs' shapes give to a file's open dimensions.
   *
   * @param inputs types of those that are not fixed, in the file's order; what the file states
   *     otherwise is for the lowering to refuse
   * @param values of the fixed ones, by name
   * @throws ai.opengradient.store.StoreException.InvalidOnnx if the file is not ONNX or takes
   *     another number of inputs
   */
  public static Binding ofShapes(
      byte[] file, List<TensorType> inputs, Map<String, GraphTensor> values) {
    Map<String, Integer> sizes = new HashMap<>();
    Iterator<TensorType> given = inputs.iterator();
    for (TensorSignature input : OnnxReader.read(file).inputs()) {
      GraphTensor value = values.get(input.name());
      if (value == null && !given.hasNext()) {
        throw new StoreException.InvalidOnnx(
            "the model takes more than " + inputs.size() + " inputs");
      }
      addSizes(input, value == null ? given.next().shape() : value.shape(), sizes);
    }
    if (given.hasNext()) {
      throw new StoreException.InvalidOnnx(
          "the model takes fewer than " + inputs.size() + " inputs");
    }
    return new Binding(sizes, values);
  }

  private static void addSizes(
      TensorSignature input, List<Integer> shape, Map<String, Integer> sizes) {
    for (int axis = 0; axis < Math.min(input.shape().size(), shape.size()); axis++) {
      if (input.shape().get(axis) instanceof Dimension.Symbolic(String name)) {
        sizes.put(name, shape.get(axis));
      }
    }
  }
}
