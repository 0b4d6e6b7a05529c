package ai.opengradient.worker.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The database of PostgreSQL that the processes of one worker share: its journal, the lease of who
 * acts, and runs for executors. Any thread may call it.
 */
public final class FleetDatabase implements AutoCloseable {

  private static final int CONNECTIONS = 4;
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration ANSWERING = Duration.ofSeconds(30);
  private static final double MILLISECONDS = 1e3;

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final String place;
  private final double seconds;

  private FleetDatabase(HikariDataSource pool, String place, Duration lease) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.place = place;
    this.seconds = lease.toMillis() / MILLISECONDS;
  }

  /**
   * Connects, and makes the tables if they are not there.
   *
   * @param url {@code jdbc:postgresql://…}
   * @param lease how long the right to act, or to run a task, is given away for at a time
   * @throws JournalException if the server can't be reached, or its database not be used
   */
  public static FleetDatabase connect(String url, Optional<String> password, Duration lease) {
    // What follows the question mark may hold a password.
    String place = url.replaceFirst("\\?.*", "");
    HikariConfig config = new HikariConfig();
    config.setPoolName("opg");
    config.setJdbcUrl(url);
    password.ifPresent(config::setPassword);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTING.toMillis());
    config.addDataSourceProperty("socketTimeout", Long.toString(ANSWERING.toSeconds()));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "opg");
    // A process that was frozen within a transaction must not keep others from taking over.
    config.setConnectionInitSql("SET idle_in_transaction_session_timeout = " + lease.toMillis());
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (PoolInitializationException unreachable) {
      throw new JournalException.ServerUnavailable(place, unreachable);
    }
    try {
      Flyway.configure(FleetDatabase.class.getClassLoader())
          .dataSource(pool)
          .locations("classpath:ai/opengradient/worker/journal/postgresql")
          .load()
          .migrate();
    } catch (FlywayException failure) {
      pool.close();
      throw ServerFailure.isOf(failure)
          ? new JournalException.ServerUnavailable(place, failure)
          : new JournalException.Unusable(place, failure);
    }
    return new FleetDatabase(pool, place, lease);
  }

  /**
   * Takes the lease if nobody has it, by the server's clock.
   *
   * @param holder how others are told of this process
   * @throws JournalException.ServerUnavailable if the server can't be asked
   */
  public Optional<Lease> take(String holder) {
    try {
      return jdbi.<Optional<LeaseTable.Row>, RuntimeException>inTransaction(
              handle -> {
                handle.execute("SET LOCAL lock_timeout = '1s'");
                LeaseTable table = new LeaseTable(handle);
                Optional<LeaseTable.Row> free = table.lockIfFree();
                free.ifPresent(row -> table.give(holder, row.epoch() + 1, seconds));
                return free;
              })
          .map(before -> new Lease(jdbi, place, before.epoch() + 1, seconds));
    } catch (JdbiException failure) {
      if (ServerFailure.isLockTaken(failure)) {
        return Optional.empty();
      }
      throw ServerFailure.told(place, failure);
    }
  }

  /**
   * Runs for an executor.
   *
   * @param holder how others are told of it; nobody else's
   */
  public TaskQueue tasks(String holder) {
    return new TaskQueue(jdbi, place, holder, seconds);
  }

  /**
   * Who has the lease, or had it last.
   *
   * @throws JournalException.ServerUnavailable if the server can't be asked
   */
  public String holder() {
    try {
      return jdbi.withHandle(handle -> new LeaseTable(handle).find().holder());
    } catch (JdbiException failure) {
      throw ServerFailure.told(place, failure);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
