package ai.opengradient.worker.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A journal in a database of PostgreSQL. */
final class PostgresJournalTest extends JournalContract {

  private final PostgresJournals journals = new PostgresJournals();

  @Override
  Journal open(Identity identity, Consumer<Set<String>> committing) {
    return journals.open(identity, committing);
  }

  @AfterEach
  void close() {
    journals.close();
  }

  @Test
  void hasItsCopiesMadeByTheServer() {
    try (Journal journal = open(JournalFixture.IDENTITY, transitions -> {})) {
      assertThatThrownBy(() -> journal.backup(Path.of("copy.db")))
          .isInstanceOf(JournalException.NoCopy.class)
          .hasMessageContaining("pg_dump");
    }
  }

  @Test
  void saysWhereNoServerIsAndNoPassword() {
    assertThatThrownBy(() ->
            FleetDatabase.connect(
                "jdbc:postgresql://127.0.0.1:1/journal?user=opg&password=hush",
                Optional.empty(),
                Duration.ofSeconds(1)))
        .isInstanceOf(JournalException.ServerUnavailable.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageNotContaining("hush");
  }
}
