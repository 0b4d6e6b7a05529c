package ai.opengradient.worker.journal;

import static ai.opengradient.worker.journal.JournalFixture.address;
import static ai.opengradient.worker.journal.JournalFixture.hash;
import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.job.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What an earlier version wrote is there for a later one. */
final class JournalMigrationTest {

  private static final TensorType TYPE = TensorType.of(DataType.UINT8, 3, 4);

  @TempDir private Path folder;

  @Test
  void references_from_before_outputs_had_some_are_inputs() throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("journal.db"));
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:ai/opengradient/worker/journal/migration")
        .target("2")
        .load()
        .migrate();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO job VALUES (1, 3, 1, '%s', '1', '1', 100, 200, 300, 1, '%s', 1000)"
              .formatted(address(9).hex(), RecordCodec.encode(State.class, new State.Drawing())));
      statement.execute(
          "INSERT INTO reference VALUES (1, 0, '%s', '%s', '015512')"
              .formatted(TensorTable.column(TYPE), hash(7)));
    }
    try (Journal journal = JournalFixture.open(folder)) {
      assertThat(journal.inputs(1))
          .containsExactly(new JobTensor.ByReference(TYPE, hash(7), "015512"));
      assertThat(journal.outputs(1)).isEmpty();
    }
  }
}
