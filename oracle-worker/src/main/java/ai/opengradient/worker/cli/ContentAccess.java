package ai.opengradient.worker.cli;

import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.fetch.SourcesInTurn;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.worker.config.StoreSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;

/** The local store and the configured sources behind it. */
record ContentAccess(Vertx vertx, HttpCaller http, StoreSettings settings)
    implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Path FILES = Path.of("files");

  static ContentAccess open(StoreSettings settings) {
    Vertx vertx = Vertx.vertx();
    return new ContentAccess(vertx, new HttpCaller(vertx, DEADLINE), settings);
  }

  /** The local store and then the configured sources. */
  BlockSource blocks() {
    return new SourcesInTurn(settings.open(http));
  }

  /** Whole files, from here or from the first source that has them. */
  VerifiedFetch fetch() {
    return new VerifiedFetch(settings.open(http), settings.directory().resolve(FILES));
  }

  @Override
  public void close() {
    http.close();
    vertx.close().await();
  }
}
