package ai.opengradient.worker.journal;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Who acts for the worker. */
record LeaseTable(Handle handle) {

  /** So many {@code :seconds} from now on, by the server's clock. */
  static final String FROM_NOW = "clock_timestamp() + make_interval(secs => :seconds)";

  private static final String ROW = "SELECT epoch, holder FROM lease";

  /**
   * The lease as it is.
   *
   * @param epoch how often it has changed hands
   */
  record Row(long epoch, String holder) {}

  Row find() {
    return query(ROW).orElseThrow();
  }

  /** Nobody takes it over before the transaction ends; it may be renewed. */
  Row share() {
    return query(ROW + " FOR KEY SHARE").orElseThrow();
  }

  /** Keeps all others away until the transaction ends; empty if somebody has the lease. */
  Optional<Row> lockIfFree() {
    return query(ROW + " WHERE held_until < clock_timestamp() FOR UPDATE");
  }

  void give(String holder, long epoch, double seconds) {
    handle
        .createUpdate("UPDATE lease SET epoch = :epoch, holder = :holder, held_until = " + FROM_NOW)
        .bind("epoch", epoch)
        .bind("holder", holder)
        .bind("seconds", seconds)
        .execute();
  }

  private Optional<Row> query(String sql) {
    return handle
        .createQuery(sql)
        .map((row, context) -> new Row(row.getLong("epoch"), row.getString("holder")))
        .findOne();
  }
}
