package ai.opengradient.worker.chain;

/** Which worker the market drew for a job. */
public sealed interface Draw {

  /** This one. */
  record Drawn(Address worker) implements Draw {}

  /** No standing offer fits the job; it opens to every worker at its deadline. */
  record NoneFits() implements Draw {}

  /** The drawing block isn't mined yet. */
  record NotYet() implements Draw {}

  /**
   * The chain no longer knows the drawing block's hash; the job opens to every worker at its
   * deadline.
   */
  record HashGone() implements Draw {}
}
