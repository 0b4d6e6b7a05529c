package ai.opengradient.worker.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL on loopback that this JVM starts once, and that ends with it. */
public final class PostgresServer {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  private static final class Started {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").start();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** Makes an empty database, and says where it is. */
  public static String database() {
    String name = "test" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return Started.SERVER.getJdbcUrl("postgres", name);
  }

  /** Does something as the server's owner. */
  public static void execute(String statement) {
    try (Connection connection = Started.SERVER.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
