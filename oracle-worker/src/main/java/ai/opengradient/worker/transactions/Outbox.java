package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.Call;
import java.util.List;
import java.util.Optional;

/**
 * What the one account's sender means to send and has sent. What a method has written is durable
 * when it returns, as durable as the implementation is. Entries are never deleted by the sender.
 */
public interface Outbox {

  /**
   * Adds an effect as intended, unless there is one of this key already, whatever its stage or
   * call.
   *
   * @param deadline chain time, seconds, by which it must be mined; {@link
   *     OutboxEntry#NO_DEADLINE}: none
   * @return whether it was added
   */
  boolean intend(EffectKey key, Call call, long deadline);

  /** The same for an effect that no deadline holds. */
  default boolean intend(EffectKey key, Call call) {
    return intend(key, call, OutboxEntry.NO_DEADLINE);
  }

  /** The entries that aren't closed, in the order in which they were added. */
  List<OutboxEntry> open();

  /** The entries that were added last, whatever their stage, newest first. */
  List<OutboxEntry> recent(int limit);

  /** The entry of this key. */
  Optional<OutboxEntry> find(EffectKey key);

  /**
   * Keeps what is about to be signed for an effect: its nonce, and what its call binds to. To
   * promise the same again changes nothing.
   *
   * @throws IllegalArgumentException if there is no such entry
   * @throws PromiseException if it contradicts what was promised before; nothing changes
   */
  void promise(EffectKey key, long nonce);

  /**
   * Replaces an entry's stage.
   *
   * @throws IllegalArgumentException if there is no such entry
   * @throws IllegalStateException if the stage may not follow the present one ({@link
   *     Stage#mayBecome}); nothing changes
   */
  void record(EffectKey key, Stage next);
}
