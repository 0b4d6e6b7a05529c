package ai.opengradient.worker.job;

/**
 * What can happen to a job: facts of the chain, and results of the effects that {@link JobMachine}
 * asked for.
 */
public sealed interface Event {

  /**
   * The chain moved on.
   *
   * @param now the newest confirmed block's timestamp
   * @param block its number
   */
  record Tick(long now, long block) implements Event {}

  /**
   * The draw is known and chose this worker.
   *
   * @param declineDeadline Unix seconds until which it may decline for free
   */
  record DrawnForUs(long declineDeadline) implements Event {}

  /**
   * The draw is known and chose another worker or nobody, or is lost for ever with its block's
   * hash.
   */
  record DrawnForOther() implements Event {}

  /** Admission took the job. */
  record Accepted() implements Event {}

  /** Admission does not want the job and says so on chain, so that others can have it at once. */
  record Refused(String reason, long now) implements Event {}

  /** Admission does not want the job now and leaves it alone. */
  record LeftAlone(String reason, long now) implements Event {}

  /** The model's file is here and is what the chain says. */
  record ModelReady() implements Event {}

  /** The answer is in the journal. */
  record Inferred() implements Event {}

  /** No answer can be had: the model could not be fetched or run, or its output does not fit. */
  record WorkFailed(String reason, long now) implements Event {}

  /** Somebody wants a job tried again that ended without a claim. */
  record Retried(long now) implements Event {}

  /** The transaction that the state wanted will not be mined with effect. */
  record SendFailed(String reason, long now) implements Event {}

  /** A confirmed log says so. Logs may be older than what was observed. */
  record Logged(OnChain fact, long now) implements Event {}

  /**
   * The chain was asked and says so: at a start, after a failed send, or after a reorganisation.
   */
  record Observed(OnChain fact, long now) implements Event {}

  /** A reorganisation took back how the job ended, or may have; the chain says so now. */
  record TakenBack(OnChain fact, long now) implements Event {}
}
