package ai.opengradient.worker.transactions;

import ai.opengradient.worker.keys.SignedTransaction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One signed transaction for an effect. Of all attempts with one nonce the chain takes one at most.
 *
 * @param nonce the account's counter
 * @param transaction its hash and bytes
 * @param fees what it offers
 * @param gasLimit most gas it may use
 * @param signedAtBlock the chain's newest block when it was signed
 * @param signedAt that block's timestamp, seconds; 0 if it was signed before this was kept
 * @param purpose what it is to come to
 */
public record Attempt(
    long nonce,
    SignedTransaction transaction,
    Fees fees,
    long gasLimit,
    long signedAtBlock,
    long signedAt,
    @Nullable Purpose purpose) {

  /** What a transaction is to come to. */
  public enum Purpose {
    /** The effect. */
    EFFECT,
    /** Nothing: the nonce is given up, so that later ones go on, and the effect begins anew. */
    RELEASE,
    /** Nothing: the effect is given up for good. */
    CANCEL
  }

  public Attempt {
    purpose = Objects.requireNonNullElse(purpose, Purpose.EFFECT);
  }

  @Override
  public Purpose purpose() {
    return Objects.requireNonNull(purpose);
  }
}
