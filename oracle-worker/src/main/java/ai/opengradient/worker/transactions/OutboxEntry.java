package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.Call;

/**
 * One effect in the outbox.
 *
 * @param key what it is to bring about
 * @param call by which
 * @param deadline chain time, seconds, by which it must be mined; {@link #NO_DEADLINE}: none
 * @param stage how far it has come
 */
public record OutboxEntry(EffectKey key, Call call, long deadline, Stage stage) {

  /** Of an effect that is as good later. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** An effect that no deadline holds. */
  public OutboxEntry(EffectKey key, Call call, Stage stage) {
    this(key, call, NO_DEADLINE, stage);
  }
}
