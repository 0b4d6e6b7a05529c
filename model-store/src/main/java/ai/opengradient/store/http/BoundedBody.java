package ai.opengradient.store.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/** Collects an answer's body up to a limit; the first byte above it fails the call. */
final class BoundedBody implements BodyCodec<byte[]>, BodyStream<byte[]> {
  private final int limit;
  private final Buffer collected = Buffer.buffer();
  private final Promise<byte[]> result = Promise.promise();

  BoundedBody(int limit) {
    this.limit = limit;
  }

  @Override
  public BodyStream<byte[]> stream() {
    return this;
  }

  @Override
  public Future<byte[]> result() {
    return result.future();
  }

  @Override
  public Future<Void> write(Buffer part) {
    if (collected.length() + part.length() > limit) {
      TooLong tooLong = new TooLong(limit);
      result.tryFail(tooLong);
      return Future.failedFuture(tooLong);
    }
    collected.appendBuffer(part);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    result.tryComplete(collected.getBytes());
    return Future.succeededFuture();
  }

  @Override
  public void handle(Throwable failure) {
    result.tryFail(failure);
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int size) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
    return this;
  }

  /** The body is longer than the caller allowed. */
  @SuppressWarnings("serial") // never serialised
  static final class TooLong extends RuntimeException {
    TooLong(int limit) {
      super("the answer is longer than " + limit + " bytes");
    }
  }
}
