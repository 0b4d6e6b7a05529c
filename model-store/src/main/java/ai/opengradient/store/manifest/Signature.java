package ai.opengradient.store.manifest;

import ai.opengradient.store.StoreException;
import java.util.List;

/**
 * What goes in and what comes out under one binding of the model's dynamic dimensions.
 *
 * @param inputs 1 to 16, in the ONNX file's order
 * @param outputs 1 to 16, in the ONNX file's order
 */
public record Signature(List<NamedTensor> inputs, List<NamedTensor> outputs) {
  private static final int MAXIMUM_TENSORS = 16;

  /**
   * @throws StoreException.InvalidManifest if a list is empty, too long, or has a name twice
   */
  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    check("inputs", inputs);
    check("outputs", outputs);
  }

  private static void check(String what, List<NamedTensor> tensors) {
    if (tensors.isEmpty() || tensors.size() > MAXIMUM_TENSORS) {
      throw new StoreException.InvalidManifest(
          "a signature has 1 to " + MAXIMUM_TENSORS + " " + what + ", not " + tensors.size());
    }
    if (tensors.stream().map(NamedTensor::name).distinct().count() != tensors.size()) {
      throw new StoreException.InvalidManifest("a signature has a name twice among its " + what);
    }
  }
}
