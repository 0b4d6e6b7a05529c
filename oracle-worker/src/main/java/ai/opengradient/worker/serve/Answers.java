package ai.opengradient.worker.serve;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/** What an answer must be before the worker puts its bond behind it. */
final class Answers {

  private Answers() {}

  /**
   * Why the outputs can't be claimed, if they can't.
   *
   * @param expected the model's output types
   * @param limit most bytes of all outputs together
   */
  static Optional<String> objection(List<Tensor> outputs, List<TensorType> expected, long limit) {
    List<TensorType> types = outputs.stream().map(Tensor::type).toList();
    if (!types.equals(expected)) {
      return Optional.of("the model gave " + types + ", its signature says " + expected);
    }
    long length = types.stream().mapToLong(TensorType::byteLength).sum();
    if (length > limit) {
      return Optional.of("the outputs have " + length + " bytes, a claim takes " + limit);
    }
    for (int output = 0; output < outputs.size(); output++) {
      if (!isFinite(outputs.get(output))) {
        return Optional.of("output " + output + " is not finite");
      }
    }
    return Optional.empty();
  }

  private static boolean isFinite(Tensor output) {
    if (output.type().dataType() != DataType.FLOAT32) {
      return true;
    }
    for (float element : output.floats()) {
      if (!Float.isFinite(element)) {
        return false;
      }
    }
    return true;
  }
}
