package ai.opengradient.worker.cli;

import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.worker.config.StoreSettings;
import ai.opengradient.worker.telemetry.WallClock;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** The local store and the configured sources behind it. */
record ContentAccess(Vertx vertx, HttpCaller http, StoreSettings settings)
    implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Path FILES = Path.of("files");

  static ContentAccess open(StoreSettings settings) {
    Vertx vertx = Vertx.vertx();
    return new ContentAccess(vertx, new HttpCaller(vertx, DEADLINE, PATIENCE), settings);
  }

  /** Whole files, from here or from the sources. */
  VerifiedFetch fetch() {
    InstantSource clock = WallClock.instants();
    return new VerifiedFetch(
        settings.open(http, clock), settings.directory().resolve(FILES), settings.fetching(clock));
  }

  @Override
  public void close() {
    http.close();
    vertx.close().await();
  }
}
