package ai.opengradient.worker.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite file, open for this process alone; all its work is done by one thread, in the order
 * asked.
 */
final class SqliteDatabase implements Database {

  private final Connection connection;
  private final Jdbi jdbi;
  private final CommitListener listener;
  private final JournalThread thread = new JournalThread();

  private SqliteDatabase(Connection connection, CommitListener listener) {
    this.connection = connection;
    this.jdbi = Jdbi.create(connection);
    this.listener = listener;
  }

  static SqliteDatabase open(Path file, CommitListener listener) {
    try {
      migrate(file);
      Connection connection = source(file, LockingMode.EXCLUSIVE).getConnection();
      SqliteDatabase database = new SqliteDatabase(connection, listener);
      // The exclusive lock is taken by the first write and kept from then on.
      database.write(Set.of("opened"), handle -> handle.execute("PRAGMA user_version = 1"));
      return database;
    } catch (SQLException | FlywayException | JdbiException failure) {
      throw isBusy(failure)
          ? new JournalException.InUse(file, failure)
          : new JournalException.Unusable(file, failure);
    }
  }

  private static void migrate(Path file) {
    Flyway.configure(SqliteDatabase.class.getClassLoader())
        .dataSource(source(file, LockingMode.NORMAL))
        .locations("classpath:ai/opengradient/worker/journal/migration")
        .load()
        .migrate();
  }

  private static SQLiteDataSource source(Path file, LockingMode locking) {
    SQLiteConfig config = new SQLiteConfig();
    config.setLockingMode(locking);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(0);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static boolean isBusy(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException refused
          && (refused.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code) {
        return true;
      }
    }
    return false;
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return thread.call(() -> jdbi.withHandle(work::apply));
  }

  @Override
  public <T> T write(Set<String> transitions, Function<Handle, T> work) {
    return thread.call(() -> {
      T result =
          jdbi.inTransaction(handle -> {
            T done = work.apply(handle);
            listener.committing(transitions);
            return done;
          });
      listener.committed(transitions);
      return result;
    });
  }

  /** Does work that no transaction can hold. */
  void outside(Consumer<Handle> work) {
    read(handle -> {
      work.accept(handle);
      return true;
    });
  }

  @Override
  public void close() {
    thread.close();
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException("the journal could not be closed", failure);
    }
  }
}
