package ai.opengradient.worker.journal;

import ai.opengradient.canon.tensor.Tensor;
import java.util.List;

/** What became of a task. */
public sealed interface TaskEnding {

  /** What an executor says of its run. */
  sealed interface Outcome extends TaskEnding {}

  /**
   * An answer.
   *
   * @param engine what computed it
   */
  record Answered(List<Tensor> outputs, String engine) implements Outcome {
    public Answered {
      outputs = List.copyOf(outputs);
    }
  }

  /** There is none, and the next run would give none either. */
  record Failed(String reason) implements Outcome {}

  /** The run killed its process. */
  record Harmed(String reason) implements Outcome {}

  /** The executor was not heard of for longer than its lease. */
  record Lost(String holder) implements TaskEnding {}

  /** The job is over, and nobody wants an answer any more. */
  record Dropped() implements TaskEnding {}
}
