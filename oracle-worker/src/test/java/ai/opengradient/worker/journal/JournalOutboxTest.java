package ai.opengradient.worker.journal;

import ai.opengradient.worker.transactions.Outbox;
import ai.opengradient.worker.transactions.OutboxContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The journal's outbox does what every outbox must, over the end of its process too. */
final class JournalOutboxTest extends OutboxContract {

  @TempDir private Path folder;

  private @Nullable Journal journal;

  @Override
  protected Outbox create() {
    Journal opened = JournalFixture.open(folder);
    journal = opened;
    return opened.outbox();
  }

  @Override
  protected Outbox reopen(Outbox outbox) {
    close();
    return create();
  }

  @AfterEach
  void close() {
    if (journal != null) {
      journal.close();
      journal = null;
    }
  }
}
