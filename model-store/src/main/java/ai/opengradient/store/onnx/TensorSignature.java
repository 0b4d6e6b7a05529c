package ai.opengradient.store.onnx;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/**
 * An input or output as the ONNX file states it.
 *
 * @param name its name
 * @param dataType its elements' type
 * @param shape its dimensions, outermost first, fixed or to be bound
 */
public record TensorSignature(String name, DataType dataType, List<Dimension> shape) {
  public TensorSignature {
    shape = List.copyOf(shape);
  }
}
