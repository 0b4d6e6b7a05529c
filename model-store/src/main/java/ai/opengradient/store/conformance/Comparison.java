package ai.opengradient.store.conformance;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.graph.GraphTensor;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Compares with what ONNX expects, as near as its own tests ask. */
final class Comparison {
  private static final double RELATIVE = 1e-3;
  private static final double ABSOLUTE = 1e-7;

  /**
   * What may be left of a Fourier transform's greatest element where all should cancel: the outputs
   * that are expected have such errors. ONNX's own tests ask for 10⁻² here.
   */
  private static final double LEFT_BY_TRANSFORM = 1e-6;

  private static final List<String> TRANSFORMS = List.of("DFT", "STFT");

  private final boolean isTransform;

  /**
   * @param operators of the model
   */
  Comparison(Collection<String> operators) {
    isTransform = !Collections.disjoint(operators, TRANSFORMS);
  }

  /** What is wrong with a tensor; nothing if it is as expected. */
  Optional<String> difference(GraphTensor expected, TensorType type, WholeTensor actual) {
    if (type.dataType() != expected.dataType() || !type.shape().equals(expected.shape())) {
      return Optional.of(type + " instead of " + expected.dataType().label() + expected.shape());
    }
    WholeTensor wanted = new WholeTensor(type.dataType(), type.count(), expected.data());
    double absolute = isTransform ? LEFT_BY_TRANSFORM * greatest(wanted) : ABSOLUTE;
    for (int index = 0; index < type.count(); index++) {
      long is = actual.element(index);
      long should = wanted.element(index);
      if (is != should && !(type.dataType() == DataType.FLOAT32 && isNear(is, should, absolute))) {
        return Optional.of(
            "element %d is %s instead of %s"
                .formatted(index, text(type.dataType(), is), text(type.dataType(), should)));
      }
    }
    return Optional.empty();
  }

  private static double greatest(WholeTensor tensor) {
    double greatest = 0;
    for (int index = 0; index < tensor.count(); index++) {
      greatest = Math.max(greatest, Math.abs(Float.intBitsToFloat((int) tensor.element(index))));
    }
    return greatest;
  }

  private static boolean isNear(long is, long should, double absolute) {
    double expected = Float.intBitsToFloat((int) should);
    double difference = Math.abs(Float.intBitsToFloat((int) is) - expected);
    return Double.isFinite(expected) && difference <= absolute + RELATIVE * Math.abs(expected);
  }

  private static String text(DataType type, long element) {
    return type == DataType.FLOAT32
        ? Float.toString(Float.intBitsToFloat((int) element))
        : Long.toString(element);
  }
}
