package ai.opengradient.worker.journal;

import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** A database of PostgreSQL, for whoever has the lease. */
final class PostgresDatabase implements Database {

  private final Lease lease;
  private final CommitListener listener;
  private final JournalThread thread = new JournalThread();

  PostgresDatabase(Lease lease, CommitListener listener) {
    this.lease = lease;
    this.listener = listener;
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return thread.call(() -> lease.read(work));
  }

  @Override
  public <T> T write(Set<String> transitions, Function<Handle, T> work) {
    return thread.call(() -> {
      T result =
          lease.write(handle -> {
            T done = work.apply(handle);
            listener.committing(transitions);
            return done;
          });
      listener.committed(transitions);
      return result;
    });
  }

  @Override
  public void close() {
    thread.close();
  }
}
