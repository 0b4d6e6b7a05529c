package ai.opengradient.worker.journal;

import ai.opengradient.worker.testing.PostgresServer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal of one database, opened by one life of a worker after the other. */
final class PostgresJournals implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(30);

  private final String url = PostgresServer.database();
  private @Nullable FleetDatabase database;
  private @Nullable Lease lease;

  Journal open(Identity identity, Consumer<Set<String>> committing) {
    close();
    FleetDatabase connected = connect();
    database = connected;
    Lease taken = connected.take("this test").orElseThrow();
    lease = taken;
    return Journal.open(taken, identity, JournalFixture.START, JournalFixture.hearing(committing));
  }

  /** Another process's connections. */
  FleetDatabase connect() {
    return FleetDatabase.connect(url, Optional.empty(), LEASE);
  }

  @Override
  public void close() {
    if (lease != null) {
      lease.close();
      lease = null;
    }
    if (database != null) {
      database.close();
      database = null;
    }
  }
}
