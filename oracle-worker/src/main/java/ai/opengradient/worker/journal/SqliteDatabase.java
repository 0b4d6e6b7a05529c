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

  /** Result codes of SQLite for a file that does not take a write. */
  private static final Set<SQLiteErrorCode> OF_THE_DISK =
      Set.of(
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_IOERR,
          SQLiteErrorCode.SQLITE_READONLY,
          SQLiteErrorCode.SQLITE_CANTOPEN);

  private final Path file;
  private final Connection connection;
  private final Jdbi jdbi;
  private final CommitListener listener;
  private final JournalThread thread = new JournalThread();

  private SqliteDatabase(Path file, Connection connection, CommitListener listener) {
    this.file = file;
    this.connection = connection;
    this.jdbi = Jdbi.create(connection);
    this.listener = listener;
  }

  static SqliteDatabase open(Path file, CommitListener listener) {
    try {
      migrate(file);
      Connection connection = source(file, LockingMode.EXCLUSIVE).getConnection();
      SqliteDatabase database = new SqliteDatabase(file, connection, listener);
      // The exclusive lock is taken by the first write and kept from then on.
      database.write(Set.of("opened"), handle -> handle.execute("PRAGMA user_version = 1"));
      return database;
    } catch (JournalException.NotWritten failure) {
      throw new JournalException.Unusable(file, failure);
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
    return isOneOf(Set.of(SQLiteErrorCode.SQLITE_BUSY), failure);
  }

  private static boolean isOneOf(Set<SQLiteErrorCode> codes, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException refused
          && codes.stream().anyMatch(code -> (refused.getResultCode().code & 0xff) == code.code)) {
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
      T result = inTransaction(transitions, work);
      listener.committed(transitions);
      return result;
    });
  }

  private <T> T inTransaction(Set<String> transitions, Function<Handle, T> work) {
    try {
      return jdbi.inTransaction(handle -> {
        T done = work.apply(handle);
        listener.committing(transitions);
        return done;
      });
    } catch (JdbiException failure) {
      throw isOneOf(OF_THE_DISK, failure)
          ? new JournalException.NotWritten(file, failure)
          : failure;
    }
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
