package ai.opengradient.worker.journal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The right to act for a worker. Every transaction of its holder looks at the epoch first, so that
 * one who was frozen while another took over reads and writes nothing any more. Who has lost it has
 * lost it for good. Any thread may call it.
 */
public final class Lease implements AutoCloseable {

  private final Jdbi jdbi;
  private final String place;
  private final long epoch;
  private final double seconds;
  private final AtomicReference<Optional<JournalException>> loss =
      new AtomicReference<>(Optional.empty());

  Lease(Jdbi jdbi, String place, long epoch, double seconds) {
    this.jdbi = jdbi;
    this.place = place;
    this.epoch = epoch;
    this.seconds = seconds;
  }

  /** How often the lease has changed hands until it came here. */
  public long epoch() {
    return epoch;
  }

  /** Why it is lost, if it is. */
  public Optional<JournalException> loss() {
    return loss.get();
  }

  /**
   * Has it run on from now, by the server's clock.
   *
   * @throws JournalException if it is lost
   */
  public void renew() {
    write(handle ->
        handle
            .createUpdate("UPDATE lease SET held_until = " + LeaseTable.FROM_NOW)
            .bind("seconds", seconds)
            .execute());
  }

  /** Lets it go, so that another can have it at once. */
  @Override
  public void close() {
    if (loss().isEmpty()) {
      write(handle -> handle.execute("UPDATE lease SET held_until = '-infinity'"));
      lose(new JournalException.Superseded(place, "nobody"));
    }
  }

  String place() {
    return place;
  }

  /** Reads in one transaction. */
  <T> T read(Function<Handle, T> work) {
    return inTransaction(handle -> {
      require(new LeaseTable(handle).find());
      return work.apply(handle);
    });
  }

  /** Writes in one transaction, before whose end nobody can take the lease over. */
  <T> T write(Function<Handle, T> work) {
    return inTransaction(handle -> {
      require(new LeaseTable(handle).share());
      return work.apply(handle);
    });
  }

  private void require(LeaseTable.Row row) {
    if (row.epoch() != epoch) {
      throw lose(new JournalException.Superseded(place, row.holder()));
    }
  }

  /** What became of a commit that was cut off nobody knows: the next life looks. */
  private <T> T inTransaction(Function<Handle, T> work) {
    Optional<JournalException> before = loss();
    if (before.isPresent()) {
      throw before.get();
    }
    try {
      return jdbi.inTransaction(work::apply);
    } catch (JdbiException failure) {
      throw ServerFailure.isOf(failure)
          ? lose(new JournalException.ServerUnavailable(place, failure))
          : failure;
    }
  }

  private JournalException lose(JournalException why) {
    loss.compareAndSet(Optional.empty(), Optional.of(why));
    return why;
  }
}
