package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;

/**
 * A dispute about a job as the court keeps it ({@code ICourt.Case}). Times are chain time in
 * seconds, zero: not yet.
 *
 * @param job whose claim is disputed
 * @param worker whose claim it is
 * @param parameters id of the job's parameter set
 * @param openedAt of the first challenge
 * @param windowEnd challenges are opened before it
 * @param winner the challenge that refuted the claim; zero: none
 * @param refutedAt when the first one did
 * @param assertedAt of the trace
 * @param nodes of the program, known from the trace on
 * @param opened challenges, ever
 * @param pending of these not lost
 * @param stage how far it has come
 * @param compensated whether a lost bond has paid the worker
 * @param programRoot of the job's program
 * @param traceRoot of the tree over the nodes' tensors
 */
public record Dispute(
    long job,
    Address worker,
    int parameters,
    long openedAt,
    long windowEnd,
    long winner,
    long refutedAt,
    long assertedAt,
    int nodes,
    long opened,
    long pending,
    Stage stage,
    boolean compensated,
    Hash programRoot,
    Hash traceRoot) {

  /** How far a dispute has come, in the contract's order; the last two absorb. */
  public enum Stage {
    NONE,
    DISPUTED,
    UPHELD,
    REFUTED;

    static Stage fromCode(int code) {
      if (code >= values().length) {
        throw new IllegalArgumentException(code + " is no stage of a dispute");
      }
      return values()[code];
    }
  }

  /** Whether the worker has asserted its trace. */
  public boolean isAsserted() {
    return assertedAt != 0;
  }

  /** Whether the claim has fallen, settled or not. */
  public boolean isRefuted() {
    return winner != 0;
  }
}
