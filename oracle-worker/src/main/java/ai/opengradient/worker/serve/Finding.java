package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.job.Event;
import java.util.List;
import java.util.Optional;

/** What an effect came to. */
sealed interface Finding {

  /** Something happened to the job. */
  record Occurred(Event event) implements Finding {}

  /** Nothing can be said yet; the next tick asks again. */
  record NothingYet() implements Finding {}

  /** What a decision on the job rests on, as far as the chain knows it. */
  record Weighed(
      long version, Admission.Question question, Optional<Amount> price, Amount freeStake)
      implements Finding {}

  /** The answer, as it is to be claimed. */
  record Answered(List<JobTensor> outputs) implements Finding {}
}
