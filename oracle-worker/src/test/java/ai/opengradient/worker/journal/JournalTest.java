package ai.opengradient.worker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal in a file of SQLite's. */
final class JournalTest extends JournalContract {

  @TempDir private Path folder;

  @Override
  Journal open(Identity identity, Consumer<Set<String>> committing) {
    return JournalFixture.open(folder, identity, committing);
  }

  @Test
  void refusesASecondProcess() {
    try (Journal journal = JournalFixture.open(folder)) {
      assertThatThrownBy(() -> JournalFixture.open(folder))
          .isInstanceOf(JournalException.InUse.class);
      assertThat(journal.openJobs()).isEmpty();
    }
  }

  @Test
  void refusesAFileThatIsNoJournal() throws IOException {
    Files.writeString(
        folder.resolve("journal.db"), "this is no database, however long it is".repeat(100));
    assertThatThrownBy(() -> JournalFixture.open(folder))
        .isInstanceOf(JournalException.Unusable.class);
  }
}
