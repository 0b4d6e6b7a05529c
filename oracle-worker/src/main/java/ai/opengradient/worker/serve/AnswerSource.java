package ai.opengradient.worker.serve;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.inference.InferenceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the answers that a worker claims come from. */
public interface AnswerSource {
  /** What a job asks: which binding of which version. */
  record Binding(long version, int number) {}

  /**
   * An answer.
   *
   * @param engine what computed it
   */
  record Answer(List<Tensor> outputs, String engine) {
    public Answer {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * Makes sure that the file is the registered program.
   *
   * @throws WrongProgram if it is not
   * @throws InferenceException if it can't be lowered here
   */
  void requireProgram(Binding binding, ModelVersion version, Path file)
      throws InferenceException, WrongProgram;

  /**
   * The answer to claim.
   *
   * @throws WrongProgram if the file is not the registered program
   * @throws InferenceException if there is no answer
   */
  Answer answer(long job, Binding binding, ModelVersion version, Path file, List<Tensor> inputs)
      throws InferenceException, WrongProgram;

  /** Why there would be no answer to any job at present. */
  default Optional<String> obstacle() {
    return Optional.empty();
  }
}
