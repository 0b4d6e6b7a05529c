package ai.opengradient.worker.journal;

import ai.opengradient.worker.transactions.Outbox;
import ai.opengradient.worker.transactions.OutboxContract;
import org.junit.jupiter.api.AfterEach;

/** The outbox in a database of PostgreSQL does what every outbox must. */
final class PostgresOutboxTest extends OutboxContract {

  private final PostgresJournals journals = new PostgresJournals();

  @Override
  protected Outbox create() {
    return journals.open(JournalFixture.IDENTITY, transitions -> {}).outbox();
  }

  @Override
  protected Outbox reopen(Outbox outbox) {
    return create();
  }

  @AfterEach
  void close() {
    journals.close();
  }
}
