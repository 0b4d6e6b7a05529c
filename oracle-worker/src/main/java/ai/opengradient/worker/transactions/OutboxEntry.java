package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.Call;

/**
 * One effect in the outbox.
 *
 * @param key what it is to bring about
 * @param call by which
 * @param stage how far it has come
 */
public record OutboxEntry(EffectKey key, Call call, Stage stage) {}
