package ai.opengradient.worker.job;

/** How a job stands on chain, from this worker's point of view. */
public sealed interface OnChain {

  /** Nobody has claimed, leased or declined. */
  record Requested() implements OnChain {}

  /**
   * Declined: open to every worker that has not tried.
   *
   * @param ours by this worker
   */
  record Open(boolean ours) implements OnChain {}

  /**
   * Taken over.
   *
   * @param ours by this worker
   * @param deadline Unix seconds until which the lease holds
   */
  record Leased(boolean ours, long deadline) implements OnChain {}

  /**
   * Claimed, not yet paid.
   *
   * @param ours by this worker
   * @param windowEnd Unix seconds at which the challenge window ends
   */
  record Claimed(boolean ours, long windowEnd) implements OnChain {}

  /** Claimed and disputed. */
  record Frozen(boolean ours) implements OnChain {}

  /** Paid. */
  record Finalised(boolean ours) implements OnChain {}

  /** Refunded: nobody claimed by the last deadline. */
  record Expired() implements OnChain {}

  /** The claim was found wrong. */
  record Refuted(boolean ours) implements OnChain {}

  /** The chain knows no such job: a reorganisation took the request back. */
  record Unknown() implements OnChain {}
}
