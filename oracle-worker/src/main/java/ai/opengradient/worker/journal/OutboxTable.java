package ai.opengradient.worker.journal;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.transactions.EffectKey;
import ai.opengradient.worker.transactions.OutboxEntry;
import ai.opengradient.worker.transactions.Stage;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What the account's sender means to send and has sent. */
record OutboxTable(Handle handle) {

  void add(EffectKey key, Call call, long deadline) {
    handle
        .createUpdate(
            "INSERT INTO outbox (key, call_to, call_data, call_coin, deadline, open, stage)"
                + " VALUES (:key, :to, :data, :coin, :deadline, 1, :stage)")
        .bind("key", key.value())
        .bind("to", call.to().hex())
        .bind("data", call.data())
        .bind("coin", call.coin().toString())
        .bind("deadline", deadline == OutboxEntry.NO_DEADLINE ? null : deadline)
        .bind("stage", RecordCodec.encode(Stage.class, new Stage.Intended()))
        .execute();
  }

  void record(EffectKey key, Stage next) {
    handle
        .createUpdate("UPDATE outbox SET stage = :stage, open = :open WHERE key = :key")
        .bind("key", key.value())
        .bind("stage", RecordCodec.encode(Stage.class, next))
        .bind("open", next instanceof Stage.Closed ? 0 : 1)
        .execute();
  }

  Optional<OutboxEntry> find(EffectKey key) {
    return handle
        .createQuery("SELECT * FROM outbox WHERE key = :key")
        .bind("key", key.value())
        .map(OutboxTable::read)
        .findOne();
  }

  List<OutboxEntry> open() {
    return handle
        .createQuery("SELECT * FROM outbox WHERE open = 1 ORDER BY position")
        .map(OutboxTable::read)
        .list();
  }

  List<OutboxEntry> recent(int limit) {
    return handle
        .createQuery("SELECT * FROM outbox ORDER BY position DESC LIMIT :limit")
        .bind("limit", limit)
        .map(OutboxTable::read)
        .list();
  }

  private static OutboxEntry read(ResultSet row, StatementContext context) throws SQLException {
    long deadline = row.getLong("deadline");
    boolean isHeld = !row.wasNull();
    return new OutboxEntry(
        new EffectKey(row.getString("key")),
        new Call(
            new Address(row.getString("call_to")),
            row.getString("call_data"),
            new BigInteger(row.getString("call_coin"))),
        isHeld ? deadline : OutboxEntry.NO_DEADLINE,
        RecordCodec.decode(Stage.class, row.getString("stage")));
  }
}
