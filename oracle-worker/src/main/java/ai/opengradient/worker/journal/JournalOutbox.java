package ai.opengradient.worker.journal;

import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.Promise;
import ai.opengradient.worker.transactions.EffectKey;
import ai.opengradient.worker.transactions.Outbox;
import ai.opengradient.worker.transactions.OutboxEntry;
import ai.opengradient.worker.transactions.Protection;
import ai.opengradient.worker.transactions.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The outbox in the journal. */
final class JournalOutbox implements Outbox {

  private final Database database;

  JournalOutbox(Database database) {
    this.database = database;
  }

  @Override
  public boolean intend(EffectKey key, Call call, long deadline) {
    if (find(key).isPresent()) {
      return false;
    }
    return database.write(
        Set.of(transition(key, new Stage.Intended())),
        handle -> {
          OutboxTable table = new OutboxTable(handle);
          if (table.find(key).isPresent()) {
            return false;
          }
          table.add(key, call, deadline);
          return true;
        });
  }

  @Override
  public List<OutboxEntry> open() {
    return database.read(handle -> new OutboxTable(handle).open());
  }

  @Override
  public List<OutboxEntry> recent(int limit) {
    return database.read(handle -> new OutboxTable(handle).recent(limit));
  }

  @Override
  public Optional<OutboxEntry> find(EffectKey key) {
    return database.read(handle -> new OutboxTable(handle).find(key));
  }

  @Override
  public void promise(EffectKey key, long nonce) {
    database.write(
        Set.of("transaction promised " + key.kind()),
        handle -> {
          OutboxTable outbox = new OutboxTable(handle);
          PromiseTable promises = new PromiseTable(handle);
          NonceTable nonces = new NonceTable(handle);
          OutboxEntry entry = intended(outbox, key);
          Optional<Promise> wanted = Promise.of(entry.call());
          new Protection(
                  wanted.map(Promise::subject).flatMap(promises::about),
                  nonces.holder(nonce).flatMap(outbox::find))
              .permit(key, wanted, nonce);
          wanted.ifPresent(promises::keep);
          nonces.assign(nonce, key);
          return true;
        });
  }

  @Override
  public void record(EffectKey key, Stage next) {
    database.write(
        Set.of(transition(key, next)),
        handle -> {
          OutboxTable table = new OutboxTable(handle);
          Stage present = intended(table, key).stage();
          if (!present.mayBecome(next)) {
            throw new IllegalStateException(key + " can't go from " + present + " to " + next);
          }
          table.record(key, next);
          return true;
        });
  }

  private static OutboxEntry intended(OutboxTable table, EffectKey key) {
    return table
        .find(key)
        .orElseThrow(() -> new IllegalArgumentException("no effect " + key + " is intended"));
  }

  /** {@code transaction signed claim}: the stage and the effect's kind, without the job. */
  private static String transition(EffectKey key, Stage stage) {
    return "transaction "
        + stage.getClass().getSimpleName().toLowerCase(Locale.ROOT)
        + " "
        + key.kind();
  }
}
