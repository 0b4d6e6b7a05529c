package ai.opengradient.store.http;

import ai.opengradient.store.StoreException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** An answer whose length is not known before its end. */
public final class StreamedAnswer {
  private StreamedAnswer() {}

  /**
   * Answers with pieces as they come. Half of them with a good ending would pass for the whole, so
   * the connection breaks if there are no more.
   *
   * @param content hands over the pieces
   * @throws StoreException if there are none; the answer is not begun then
   */
  public static void send(RoutingContext context, Consumer<Consumer<ByteBuffer>> content) {
    HttpServerResponse response = context.response();
    response.setChunked(true);
    try {
      content.accept(piece -> response.write(buffer(piece)).await());
      response.end();
    } catch (StoreException e) {
      if (!response.headWritten()) {
        throw e;
      }
      context.request().connection().close();
    }
  }

  private static Buffer buffer(ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    return Buffer.buffer(bytes);
  }
}
