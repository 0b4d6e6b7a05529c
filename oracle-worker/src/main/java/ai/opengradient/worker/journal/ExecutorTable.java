package ai.opengradient.worker.journal;

import org.jdbi.v3.core.Handle;

/** Executors that are there. */
record ExecutorTable(Handle handle) {

  void live(String holder, double seconds) {
    handle
        .createUpdate(
            "INSERT INTO executor (holder, lives_until) VALUES (:holder, "
                + LeaseTable.FROM_NOW
                + ") ON CONFLICT (holder) DO UPDATE SET lives_until = excluded.lives_until")
        .bind("holder", holder)
        .bind("seconds", seconds)
        .execute();
  }

  /** Of those that live; the others are forgotten. */
  long count() {
    handle.execute("DELETE FROM executor WHERE lives_until < clock_timestamp()");
    return handle.createQuery("SELECT count(*) FROM executor").mapTo(Long.class).one();
  }
}
