package ai.opengradient.store.http;

import ai.opengradient.store.StoreException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as it comes. The server sends no more than what is read, so a body of any
 * length takes the memory of one piece. A server that stalls, or breaks off, is a failure.
 */
final class AnswerStream extends InputStream {
  private final HttpClientResponse response;
  private final URI address;
  private final Duration patience;
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private Buffer current = Buffer.buffer();
  private int position;
  private boolean ended;

  private sealed interface Part {
    record Bytes(Buffer bytes) implements Part {}

    record End() implements Part {}

    record Failure(Throwable cause) implements Part {}
  }

  /**
   * Takes over an answer that nobody has read from; to be called on the answer's event loop.
   *
   * @param patience for each piece
   */
  AnswerStream(HttpClientResponse response, URI address, Duration patience) {
    this.response = response;
    this.address = address;
    this.patience = patience;
    response
        .pause()
        .exceptionHandler(cause -> parts.add(new Part.Failure(cause)))
        .handler(bytes -> parts.add(new Part.Bytes(bytes)))
        .endHandler(_ -> parts.add(new Part.End()));
  }

  @Override
  public int read() {
    return isAtEnd() ? -1 : current.getByte(position++) & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, current.length() - position);
    current.getBytes(position, position + count, target, offset);
    position += count;
    return count;
  }

  /** Breaks the answer off if it has not ended. */
  @Override
  public void close() {
    if (!ended) {
      response.request().reset();
    }
  }

  private boolean isAtEnd() {
    while (!ended && position == current.length()) {
      response.fetch(1);
      switch (next()) {
        case Part.Bytes(Buffer bytes) -> {
          current = bytes;
          position = 0;
        }
        case Part.End _ -> ended = true;
        case Part.Failure(Throwable cause) ->
            throw new StoreException.SourceUnavailable(
                address + " broke off: " + cause.getMessage(), cause);
      }
    }
    return position == current.length();
  }

  private Part next() {
    try {
      @Nullable Part part = parts.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (part == null) {
        throw new StoreException.SourceUnavailable(
            address + " sent nothing for " + patience.toMillis() + " ms");
      }
      return part;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.SourceUnavailable(
          "the answer of " + address + " is not waited for", e);
    }
  }
}
