package ai.opengradient.worker.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Jobs whose runs did not end well so far. */
record RunTable(Handle handle) {

  /** PostgreSQL's texts have no place for NUL, which a hostile model may bring into a reason. */
  void put(RunRecord run) {
    handle
        .createUpdate(
            """
            INSERT INTO run (job, version, begun, failed, quarantined, reason)
            VALUES (:job, :version, :begun, :failed, :quarantined, :reason)
            ON CONFLICT (job) DO UPDATE SET
              version = excluded.version, begun = excluded.begun, failed = excluded.failed,
              quarantined = excluded.quarantined, reason = excluded.reason
            """)
        .bind("job", run.job())
        .bind("version", run.version())
        .bind("begun", run.begun())
        .bind("failed", run.failed())
        .bind("quarantined", run.quarantined() ? 1 : 0)
        .bind("reason", run.reason().replace('\0', ' '))
        .execute();
  }

  /** Forgets a job's runs, unless it is in quarantine. */
  void settle(long job) {
    handle
        .createUpdate("DELETE FROM run WHERE job = :job AND quarantined = 0")
        .bind("job", job)
        .execute();
  }

  void drop(long job) {
    handle.createUpdate("DELETE FROM run WHERE job = :job").bind("job", job).execute();
  }

  Optional<RunRecord> find(long job) {
    return handle
        .createQuery("SELECT * FROM run WHERE job = :job")
        .bind("job", job)
        .map(RunTable::read)
        .findOne();
  }

  List<RunRecord> quarantined() {
    return handle
        .createQuery("SELECT * FROM run WHERE quarantined = 1 ORDER BY job")
        .map(RunTable::read)
        .list();
  }

  private static RunRecord read(ResultSet row, StatementContext context) throws SQLException {
    return new RunRecord(
        row.getLong("job"),
        row.getLong("version"),
        row.getInt("begun"),
        row.getInt("failed"),
        row.getBoolean("quarantined"),
        row.getString("reason"));
  }
}
