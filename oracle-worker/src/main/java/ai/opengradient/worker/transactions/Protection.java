package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.Promise;
import java.util.Optional;

/**
 * Decides whether something may be signed, by what was signed before.
 *
 * @param earlier what was promised about the same subject
 * @param holder the effect that the nonce was signed for
 */
public record Protection(Optional<Promise> earlier, Optional<OutboxEntry> holder) {

  /**
   * Lets it be signed, or not.
   *
   * @param key the effect
   * @param wanted what its call binds to
   * @param nonce of its transaction
   * @throws PromiseException if it contradicts what was signed before
   */
  public void permit(EffectKey key, Optional<Promise> wanted, long nonce) {
    if (wanted.isPresent() && earlier.isPresent() && !earlier.equals(wanted)) {
      throw new PromiseException.Contradiction(wanted.get().subject());
    }
    // What is settled gives its nonce up only in a reorganisation below all confirmations.
    if (holder.isPresent()
        && !holder.get().key().equals(key)
        && !(holder.get().stage() instanceof Stage.Closed)) {
      throw new PromiseException.NonceInUse(nonce, holder.get().key(), key);
    }
  }
}
