package ai.opengradient.worker.serve;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.calibration.Verdicts;
import ai.opengradient.worker.chain.ModelVersion;
import java.util.List;
import java.util.Optional;

/** What an answer must be before the worker puts its bond behind it. */
final class Answers {

  private Answers() {}

  /**
   * Why the outputs can't be claimed, if they can't.
   *
   * @param binding what the registry fixes; where no court can judge, what is not finite is no
   *     answer
   */
  static Optional<String> objection(List<Tensor> outputs, ModelVersion.Binding binding) {
    List<TensorType> types = outputs.stream().map(Tensor::type).toList();
    if (!types.equals(binding.outputs())) {
      return Optional.of("the model gave " + types + ", its signature says " + binding.outputs());
    }
    for (int output = 0; output < outputs.size() && !binding.isDisputable(); output++) {
      if (!Verdicts.isFinite(outputs.get(output))) {
        return Optional.of("output " + output + " is not finite");
      }
    }
    return Optional.empty();
  }
}
