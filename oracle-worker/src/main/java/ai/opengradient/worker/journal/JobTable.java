package ai.opengradient.worker.journal;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Terms;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The worker's jobs. */
record JobTable(Handle handle) {

  void put(JobRecord job) {
    handle
        .createUpdate(
            """
            INSERT INTO job (job, version, binding, requester, max_fee, bond, draw_block, claim_deadline, last_deadline, open, state, changed_at)
            VALUES (:job, :version, :binding, :requester, :maxFee, :bond, :drawBlock, :claimDeadline, :lastDeadline, :open, :state, :changedAt)
            ON CONFLICT (job) DO UPDATE SET
              version = excluded.version, binding = excluded.binding, requester = excluded.requester, max_fee = excluded.max_fee,
              bond = excluded.bond, draw_block = excluded.draw_block, claim_deadline = excluded.claim_deadline,
              last_deadline = excluded.last_deadline, open = excluded.open, state = excluded.state, changed_at = excluded.changed_at
            """)
        .bind("job", job.id())
        .bind("version", job.version())
        .bind("binding", job.binding())
        .bind("requester", job.requester().hex())
        .bind("maxFee", job.maxFee().units().toString())
        .bind("bond", job.bond().units().toString())
        .bind("drawBlock", job.terms().drawBlock())
        .bind("claimDeadline", job.terms().claimDeadline())
        .bind("lastDeadline", job.terms().lastDeadline())
        .bind("open", job.isOpen() ? 1 : 0)
        .bind("state", RecordCodec.encode(State.class, job.state()))
        .bind("changedAt", job.changedAt())
        .execute();
  }

  Optional<JobRecord> find(long job) {
    return handle
        .createQuery("SELECT * FROM job WHERE job = :job")
        .bind("job", job)
        .map(JobTable::read)
        .findOne();
  }

  List<JobRecord> open() {
    return handle
        .createQuery("SELECT * FROM job WHERE open = 1 ORDER BY job")
        .map(JobTable::read)
        .list();
  }

  List<JobRecord> newest(int limit) {
    return handle
        .createQuery("SELECT * FROM job ORDER BY job DESC LIMIT :limit")
        .bind("limit", limit)
        .map(JobTable::read)
        .list();
  }

  private static JobRecord read(ResultSet row, StatementContext context) throws SQLException {
    return new JobRecord(
        new Terms(
            row.getLong("job"),
            row.getLong("draw_block"),
            row.getLong("claim_deadline"),
            row.getLong("last_deadline")),
        row.getLong("version"),
        row.getInt("binding"),
        new Address(row.getString("requester")),
        new Amount(new BigInteger(row.getString("max_fee"))),
        new Amount(new BigInteger(row.getString("bond"))),
        RecordCodec.decode(State.class, row.getString("state")),
        row.getLong("changed_at"));
  }
}
