package ai.opengradient.worker.job;

/**
 * What a job's state wants done. An effect is asked for again at every tick until the state moves
 * on, so doing one twice must be harmless: sends are keyed by job and kind, and what was sent once
 * is not sent again.
 */
public sealed interface Effect {

  /**
   * Ask the chain whom the draw chose: {@link Event.DrawnForUs}, {@link Event.DrawnForOther}, or
   * nothing while it is unknown.
   */
  record LookUpDraw() implements Effect {}

  /**
   * Decide whether to take the job: {@link Event.Accepted}, {@link Event.Refused} or {@link
   * Event.LeftAlone}.
   *
   * @param takingOver the job is another worker's and open to all
   */
  record Judge(boolean takingOver) implements Effect {}

  /** Bring the model here: {@link Event.ModelReady} or {@link Event.WorkFailed}. */
  record FetchModel() implements Effect {}

  /** Compute the answer and journal it: {@link Event.Inferred} or {@link Event.WorkFailed}. */
  record RunInference() implements Effect {}

  /** Pass the job on: the chain's {@link OnChain.Open}, or {@link Event.SendFailed}. */
  record SendDecline() implements Effect {}

  /** Take the job over: the chain's {@link OnChain.Leased}, or {@link Event.SendFailed}. */
  record SendLease() implements Effect {}

  /**
   * Post the journalled answer: the chain's {@link OnChain.Claimed}, or {@link Event.SendFailed}.
   */
  record SendClaim() implements Effect {}

  /**
   * Ask for payment: the chain's {@link OnChain.Finalised}, or {@link Event.SendFailed}.
   *
   * @param attempt counted from 0; a new attempt is a new transaction
   */
  record SendFinalise(int attempt) implements Effect {}

  /** Ask the chain how the job stands: {@link Event.Observed}. */
  record Observe() implements Effect {}

  /** Whether it wants a transaction. */
  default boolean isSend() {
    return switch (this) {
      case SendDecline _, SendLease _, SendClaim _, SendFinalise _ -> true;
      case LookUpDraw _, Judge _, FetchModel _, RunInference _, Observe _ -> false;
    };
  }
}
