package ai.opengradient.worker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room, which SQLite answers as it answers its own limit of pages. */
final class FullDiskTest {

  private static final int BYTES = 1 << 20;

  @TempDir private Path folder;

  @Test
  void whatDoesNotFitIsRefusedByTypeChangesNothingAndFitsAgainOnceThereIsRoom() {
    Path file = folder.resolve("journal.db");
    try (SqliteDatabase database = SqliteDatabase.open(file, CommitListener.NOBODY)) {
      database.outside(handle -> handle.execute("CREATE TABLE filling (bytes BLOB)"));
      limit(database, 1);
      assertThatThrownBy(() -> fill(database))
          .isInstanceOf(JournalException.NotWritten.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("make room");
      assertThat(rows(database)).isZero();
      limit(database, BYTES);
      fill(database);
      assertThat(rows(database)).isOne();
    }
  }

  /** SQLite never goes below what is in use. */
  private static void limit(SqliteDatabase database, int pages) {
    database.outside(handle ->
        handle.createQuery("PRAGMA max_page_count = " + pages).mapTo(Integer.class).one());
  }

  private static void fill(SqliteDatabase database) {
    database.write(
        Set.of("filled"),
        handle -> handle.execute("INSERT INTO filling VALUES (?)", (Object) new byte[BYTES]));
  }

  private static int rows(SqliteDatabase database) {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM filling").mapTo(Integer.class).one());
  }
}
