package ai.opengradient.worker.journal;

import ai.opengradient.worker.transactions.EffectKey;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which effect each nonce was signed for. */
record NonceTable(Handle handle) {

  void assign(long nonce, EffectKey key) {
    handle
        .createUpdate(
            "INSERT INTO nonce (nonce, effect) VALUES (:nonce, :effect)"
                + " ON CONFLICT (nonce) DO UPDATE SET effect = excluded.effect")
        .bind("nonce", nonce)
        .bind("effect", key.value())
        .execute();
  }

  Optional<EffectKey> holder(long nonce) {
    return handle
        .createQuery("SELECT effect FROM nonce WHERE nonce = :nonce")
        .bind("nonce", nonce)
        .mapTo(String.class)
        .findOne()
        .map(EffectKey::new);
  }

  /** How many of the nonces from the first to before the last were signed for. */
  long count(long from, long to) {
    return handle
        .createQuery("SELECT count(*) FROM nonce WHERE nonce >= :from AND nonce < :to")
        .bind("from", from)
        .bind("to", to)
        .mapTo(Long.class)
        .one();
  }
}
