package ai.opengradient.worker.journal;

import org.jdbi.v3.core.Handle;

/** Whether the chain has to be asked what the account did before this journal. */
record ReconciliationTable(Handle handle) {

  void demand() {
    handle.execute("INSERT INTO reconciliation (only_row) VALUES (1) ON CONFLICT DO NOTHING");
  }

  void drop() {
    handle.execute("DELETE FROM reconciliation");
  }

  boolean isDemanded() {
    return handle.createQuery("SELECT count(*) FROM reconciliation").mapTo(Long.class).one() > 0;
  }
}
