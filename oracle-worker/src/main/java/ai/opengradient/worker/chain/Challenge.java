package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import java.math.BigInteger;

/**
 * A challenge as the court keeps it ({@code ICourt.Challenge}).
 *
 * @param id counted from 1; the lower, the earlier
 * @param challenger whose bond it is
 * @param bond what it stakes
 * @param job zero until it is opened
 * @param status how far it has come
 * @param since chain time, seconds: committed at, then opened at, then asked at
 * @param deadline chain time, seconds: for opening, then for the last question's answer
 * @param demands made
 * @param commitment until it is opened
 * @param prepaid for the last question's answer, in wei
 */
public record Challenge(
    long id,
    Address challenger,
    Amount bond,
    long job,
    Status status,
    long since,
    long deadline,
    int demands,
    Hash commitment,
    BigInteger prepaid) {

  /** How far a challenge has come, in the contract's order; the last three absorb. */
  public enum Status {
    NONE,
    COMMITTED,
    OPEN,
    FORFEITED,
    LOST,
    RETURNED;

    static Status fromCode(int code) {
      if (code >= values().length) {
        throw new IllegalArgumentException(code + " is no status of a challenge");
      }
      return values()[code];
    }
  }
}
