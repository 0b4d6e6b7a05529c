package ai.opengradient.worker.job;

/** This worker's right to answer a job, and until when it holds. */
public sealed interface Turn {

  /** Unix seconds until which a claim counts. */
  long deadline();

  /**
   * The draw chose this worker.
   *
   * @param declineDeadline Unix seconds until which it may still pass the job on for free
   */
  record Drawn(long declineDeadline, long deadline) implements Turn {}

  /**
   * This worker took the job over; its bond is locked already, so there is no way back but an
   * answer.
   */
  record Leased(long deadline) implements Turn {}
}
