package ai.opengradient.store.manifest;

import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StoreException;
import java.util.List;

/**
 * An input or output of a model with every dimension fixed.
 *
 * @param name the name that the ONNX file gives it
 * @param type its element type and shape
 */
public record NamedTensor(String name, TensorType type) {
  private static final int MAXIMUM_NAME_LENGTH = 256;

  /**
   * @throws StoreException.InvalidManifest if the name is empty or too long
   */
  public NamedTensor {
    if (name.isEmpty() || name.length() > MAXIMUM_NAME_LENGTH) {
      throw new StoreException.InvalidManifest(
          "a tensor's name has 1 to " + MAXIMUM_NAME_LENGTH + " characters, not " + name.length());
    }
  }

  /** The types alone. */
  public static List<TensorType> types(List<NamedTensor> tensors) {
    return tensors.stream().map(NamedTensor::type).toList();
  }
}
