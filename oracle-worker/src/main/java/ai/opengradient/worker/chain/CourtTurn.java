package ai.opengradient.worker.chain;

/**
 * Who has to move in a challenge.
 *
 * @param side nobody unless the challenge is open and the claim not fallen
 * @param deadline chain time, seconds; what is due by it is done before it. One that has passed
 *     means that the challenge can be ended
 */
public record CourtTurn(Side side, long deadline) {

  /** In the contract's order. */
  public enum Side {
    NOBODY,
    WORKER,
    CHALLENGER;

    static Side fromCode(int code) {
      if (code >= values().length) {
        throw new IllegalArgumentException(code + " is no side of a challenge");
      }
      return values()[code];
    }
  }

  /** Whether a side has run out of time, so that the challenge can be ended. */
  public boolean isTimedOut(Side late, long now) {
    return side == late && now >= deadline;
  }
}
