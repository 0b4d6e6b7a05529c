package ai.opengradient.store.conformance;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.graph.GraphTensor;
import java.util.Optional;

/** Compares with what ONNX expects, as near as its own tests ask. */
final class Comparison {
  private static final double RELATIVE = 1e-3;
  private static final double ABSOLUTE = 1e-7;

  private Comparison() {}

  /** What is wrong with a tensor; nothing if it is as expected. */
  static Optional<String> difference(GraphTensor expected, TensorType type, WholeTensor actual) {
    if (type.dataType() != expected.dataType() || !type.shape().equals(expected.shape())) {
      return Optional.of(type + " instead of " + expected.dataType().label() + expected.shape());
    }
    WholeTensor wanted = new WholeTensor(type.dataType(), type.count(), expected.data());
    for (int index = 0; index < type.count(); index++) {
      long is = actual.element(index);
      long should = wanted.element(index);
      if (is != should && !(type.dataType() == DataType.FLOAT32 && isNear(is, should))) {
        return Optional.of(
            "element %d is %s instead of %s"
                .formatted(index, text(type.dataType(), is), text(type.dataType(), should)));
      }
    }
    return Optional.empty();
  }

  private static boolean isNear(long is, long should) {
    double expected = Float.intBitsToFloat((int) should);
    double difference = Math.abs(Float.intBitsToFloat((int) is) - expected);
    return Double.isFinite(expected) && difference <= ABSOLUTE + RELATIVE * Math.abs(expected);
  }

  private static String text(DataType type, long element) {
    return type == DataType.FLOAT32
        ? Float.toString(Float.intBitsToFloat((int) element))
        : Long.toString(element);
  }
}
