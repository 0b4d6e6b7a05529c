package ai.opengradient.worker.chain;

import java.util.List;

/**
 * A job's outputs and how far to trust them.
 *
 * @param state {@code CLAIMED} or {@code FROZEN}: provisional; {@code FINALISED}: final; all else:
 *     no outputs
 * @param outputs one per output of the model, or none
 */
public record JobResult(JobState state, List<JobTensor> outputs) {

  public JobResult {
    outputs = List.copyOf(outputs);
  }

  /** Whether the outputs can't change any more. */
  public boolean isFinal() {
    return state == JobState.FINALISED;
  }
}
