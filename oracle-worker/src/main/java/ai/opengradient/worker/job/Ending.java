package ai.opengradient.worker.job;

/** How a job ended for this worker. */
public enum Ending {
  /** This worker's claim was finalised. */
  PAID,
  /** Another worker answered, or it was never this worker's to answer. */
  OTHERS,
  /** This worker passed the job on in time. */
  DECLINED,
  /** It was this worker's turn, or open to all, and it chose to do nothing. */
  PASSED,
  /** This worker's deadline went by without a claim. */
  LATE,
  /** Nobody claimed by the last deadline. */
  EXPIRED,
  /** This worker's claim was found wrong in court. */
  REFUTED,
  /** The claim could not be made although it was this worker's turn. */
  FAILED
}
