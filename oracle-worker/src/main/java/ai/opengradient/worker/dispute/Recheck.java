package ai.opengradient.worker.dispute;

/** What a worker finds out about its run before it asserts the trace: afterwards it is too late. */
public sealed interface Recheck {
  /** The trace can be defended, and the claim with it. */
  record Sound() implements Recheck {}

  /**
   * A tensor is not the one that the run committed to: it can't be opened. A new run makes a trace
   * that can.
   */
  record Damaged(int node) implements Recheck {}

  /** The claim is wrong: there is no trace that saves it. */
  record Wrong(Difference difference) implements Recheck {}
}
