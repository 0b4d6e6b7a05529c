package ai.opengradient.worker.chain;

import ai.opengradient.canon.tensor.Tensor;
import java.util.List;

/**
 * A job's outputs and how far to trust them.
 *
 * @param state {@code CLAIMED} or {@code FROZEN}: provisional; {@code FINALISED}: final; all else:
 *     no outputs
 * @param outputs one tensor per output of the model, or none
 */
public record JobResult(JobState state, List<Tensor> outputs) {

  public JobResult {
    outputs = List.copyOf(outputs);
  }

  /** Whether the outputs can't change any more. */
  public boolean isFinal() {
    return state == JobState.FINALISED;
  }
}
