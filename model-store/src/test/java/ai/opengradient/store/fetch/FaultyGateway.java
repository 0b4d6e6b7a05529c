package ai.opengradient.store.fetch;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway on loopback that has the blocks and does one thing wrong. */
final class FaultyGateway implements AutoCloseable {
  /** What it does wrong. */
  enum Fault {
    NONE,
    ONE_BIT_FLIPPED,
    CUT_SHORT,
    BROKEN_OFF,
    ANOTHER_BLOCK,
    EMPTY,
    ENDLESS,
    ANNOUNCED_TOO_LONG,
    ERROR_PAGE,
    WEB_PAGE,
    SERVER_ERROR,
    BUSY,
    ABSENT,
    REDIRECT,
    SILENT,
    TRICKLE
  }

  /** Often enough for the patience with a silent server never to end. */
  private static final long TRICKLE_MILLISECONDS = 20;

  private final Vertx vertx;
  private final BlockSource blocks;
  private final Fault fault;
  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();

  FaultyGateway(Vertx vertx, BlockSource blocks, Fault fault) {
    this.vertx = vertx;
    this.blocks = blocks;
    this.fault = fault;
    server = vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1").await();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    server.close().await();
  }

  private void answer(HttpServerRequest request) {
    asked.incrementAndGet();
    HttpServerResponse response = request.response();
    Buffer block;
    try {
      String path = Objects.requireNonNull(request.path()).substring("/ipfs/".length());
      block = Buffer.buffer(blocks.get(ContentId.parse(path)).toByteArray());
    } catch (StoreException e) {
      response.setStatusCode(404).end();
      return;
    }
    switch (fault) {
      case NONE -> response.end(block);
      case ONE_BIT_FLIPPED -> response.end(block.setByte(0, (byte) (block.getByte(0) ^ 1)));
      case CUT_SHORT -> response.end(block.slice(0, block.length() - 1));
      case BROKEN_OFF -> {
        response.putHeader("Content-Length", Integer.toString(block.length()));
        response
            .write(block.slice(0, block.length() / 2))
            .onComplete(done -> request.connection().close());
      }
      case ANOTHER_BLOCK -> response.end("another block");
      case EMPTY -> response.end();
      case ENDLESS -> {
        response.setChunked(true);
        pour(response);
      }
      case ANNOUNCED_TOO_LONG -> {
        response.putHeader("Content-Length", Long.toString(1L << 40));
        pour(response);
      }
      case ERROR_PAGE -> response.end("<html>an error, with a status that says otherwise</html>");
      case WEB_PAGE ->
          response
              .putHeader("Content-Type", "text/html; charset=utf-8")
              .end("<html>log in first</html>");
      case SERVER_ERROR -> response.setStatusCode(500).end("broken");
      case BUSY -> response.setStatusCode(429).end("later");
      case ABSENT -> response.setStatusCode(404).end();
      case REDIRECT -> response.setStatusCode(301).putHeader("Location", "/ipfs/elsewhere").end();
      case SILENT -> request.pause();
      case TRICKLE -> {
        response.putHeader("Content-Length", Integer.toString(block.length()));
        vertx.setPeriodic(
            TRICKLE_MILLISECONDS,
            timer -> {
              if (response.closed()) {
                vertx.cancelTimer(timer);
              } else {
                response.write(block.slice(0, 1));
              }
            });
      }
    }
  }

  private static void pour(HttpServerResponse response) {
    response.write(Buffer.buffer(new byte[1 << 16])).onSuccess(done -> pour(response));
  }
}
