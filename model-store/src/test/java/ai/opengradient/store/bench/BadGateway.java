package ai.opengradient.store.bench;

import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A gateway that has everything, corrupts some answers, and may die. */
final class BadGateway {
  private final BlockStore store;
  private final long corruptEvery;
  private final BooleanSupplier dead;
  private final HttpServer server;
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong corrupted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /**
   * @param corruptEvery which answer is corrupted; 0: none
   * @param dead whether it is dead by now, so that it closes every connection unanswered
   */
  BadGateway(Vertx vertx, BlockStore store, long corruptEvery, BooleanSupplier dead) {
    this.store = store;
    this.corruptEvery = corruptEvery;
    this.dead = dead;
    server = vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1").await();
  }

  int port() {
    return server.actualPort();
  }

  long answers() {
    return answers.get();
  }

  long corrupted() {
    return corrupted.get();
  }

  long refused() {
    return refused.get();
  }

  private void handle(HttpServerRequest request) {
    if (dead.getAsBoolean()) {
      refused.incrementAndGet();
      request.connection().close();
      return;
    }
    String path = Objects.requireNonNull(request.path());
    Thread.ofVirtual()
        .start(() -> {
          Block block = store.get(ContentId.parse(path.substring("/ipfs/".length())));
          byte[] bytes = block.toByteArray();
          long number = answers.incrementAndGet();
          if (corruptEvery > 0 && number % corruptEvery == 0) {
            bytes[bytes.length / 2] ^= 1;
            corrupted.incrementAndGet();
          }
          request.response().end(Buffer.buffer(bytes));
        });
  }
}
