package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.Promise;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An outbox that ends with the process, where nothing has to outlive it. */
public final class MemoryOutbox implements Outbox {

  private final Map<EffectKey, OutboxEntry> entries = new LinkedHashMap<>();
  private final Map<String, Promise> promises = new HashMap<>();
  private final Map<Long, EffectKey> nonces = new HashMap<>();

  @Override
  public synchronized boolean intend(EffectKey key, Call call, long deadline) {
    OutboxEntry entry = new OutboxEntry(key, call, deadline, new Stage.Intended());
    return entries.putIfAbsent(key, entry) == null;
  }

  @Override
  public synchronized List<OutboxEntry> open() {
    return entries.values().stream()
        .filter(entry -> !(entry.stage() instanceof Stage.Closed))
        .toList();
  }

  @Override
  public synchronized List<OutboxEntry> recent(int limit) {
    return List.copyOf(entries.values()).reversed().stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<OutboxEntry> find(EffectKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public synchronized void promise(EffectKey key, long nonce) {
    Optional<Promise> wanted = Promise.of(intended(key).call());
    new Protection(
            wanted.map(Promise::subject).map(promises::get),
            Optional.ofNullable(nonces.get(nonce)).flatMap(this::find))
        .permit(key, wanted, nonce);
    wanted.ifPresent(promise -> promises.put(promise.subject(), promise));
    nonces.put(nonce, key);
  }

  @Override
  public synchronized void record(EffectKey key, Stage next) {
    OutboxEntry entry = intended(key);
    if (!entry.stage().mayBecome(next)) {
      throw new IllegalStateException(key + " can't go from " + entry.stage() + " to " + next);
    }
    entries.put(key, new OutboxEntry(key, entry.call(), entry.deadline(), next));
  }

  private OutboxEntry intended(EffectKey key) {
    return find(key)
        .orElseThrow(() -> new IllegalArgumentException("no effect " + key + " is intended"));
  }
}
