package ai.opengradient.worker.chain;

/**
 * A job's state in the market, in the contract's order; {@code FINALISED}, {@code EXPIRED} and
 * {@code REFUTED} absorb.
 */
public enum JobState {
  NONE,
  REQUESTED,
  OPEN,
  LEASED,
  CLAIMED,
  FROZEN,
  FINALISED,
  EXPIRED,
  REFUTED;

  static JobState fromCode(long code) {
    if (code < 0 || code >= values().length) {
      throw new ChainException.Undecodable("the job state " + code, null);
    }
    return values()[(int) code];
  }
}
