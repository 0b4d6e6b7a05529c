package ai.opengradient.store.http;

import ai.opengradient.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientMultipartForm;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Calls HTTP servers that nobody trusts: no redirects, a deadline for the whole answer, patience
 * for each of its bytes, a limit for its length, and the connection is closed as soon as one of
 * them is passed. Calls block the calling thread, which must not be an event loop.
 */
public final class HttpCaller implements AutoCloseable {
  private final HttpClient client;
  private final Duration deadline;
  private final Duration patience;

  /**
   * @param deadline for one call, from connecting to the answer's last byte; an upload counts
   */
  public HttpCaller(Vertx vertx, Duration deadline) {
    this(vertx, deadline, deadline);
  }

  /**
   * @param deadline as above
   * @param patience how long a server may take to connect, and be silent
   */
  public HttpCaller(Vertx vertx, Duration deadline, Duration patience) {
    this.deadline = deadline;
    this.patience = patience;
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) patience.toMillis()));
  }

  /**
   * A GET.
   *
   * @param accept the media type to ask for
   * @param limit the longest body to take, bytes
   * @throws StoreException.SourceUnavailable if there is no complete answer within the deadline
   * @throws StoreException.OversizedBlock if the body is longer than the limit
   */
  public Answer get(URI address, String accept, int limit) {
    return call(
        address, HttpMethod.GET, limit, request -> request.putHeader("Accept", accept).send());
  }

  /**
   * A GET whose answer is read as it comes, if its status is 200.
   *
   * @param accept the media type to ask for
   * @return to be closed; reading throws {@link StoreException.SourceUnavailable} if nothing comes
   *     within the patience, or the server breaks off
   * @throws StoreException.SourceUnavailable if no answer begins within the deadline, or it has
   *     another status
   * @throws StoreException.MissingBlock if the status is 404 or 410
   */
  public InputStream stream(URI address, String accept) {
    Future<HttpClientRequest> opening =
        client.request(
            new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(address.toString()));
    HttpClientResponse response;
    AnswerStream stream;
    try {
      record Begun(HttpClientResponse response, AnswerStream stream) {}
      Begun begun =
          opening
              .compose(request -> request.putHeader("Accept", accept).send())
              .map(answer -> new Begun(answer, new AnswerStream(answer, address, patience)))
              .await(deadline.toMillis(), TimeUnit.MILLISECONDS);
      response = begun.response();
      stream = begun.stream();
    } catch (TimeoutException e) {
      opening.onSuccess(HttpClientRequest::reset);
      throw new StoreException.SourceUnavailable(
          address + " did not answer within " + deadline.toMillis() + " ms", e);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new StoreException.SourceUnavailable(
          address + " can't be reached or broke off: " + e.getMessage(), e);
    }
    if (response.statusCode() == 200) {
      return stream;
    }
    stream.close();
    if (response.statusCode() == 404 || response.statusCode() == 410) {
      throw new StoreException.MissingBlock(address + " is not there");
    }
    throw new StoreException.SourceUnavailable(
        address + " answered with status " + response.statusCode());
  }

  /** A POST without a body; limit and failures as with {@link #get}. */
  public Answer post(URI address, int limit) {
    return call(address, HttpMethod.POST, limit, HttpClientRequest::send);
  }

  /** A POST of a form; limit and failures as with {@link #get}. */
  public Answer post(URI address, ClientMultipartForm form, int limit) {
    return call(address, HttpMethod.POST, limit, request -> request.send(form));
  }

  @Override
  public void close() {
    client.close().await();
  }

  private Answer call(
      URI address,
      HttpMethod method,
      int limit,
      Function<HttpClientRequest, Future<HttpClientResponse>> send) {
    Future<HttpClientRequest> opening =
        client.request(new RequestOptions().setMethod(method).setAbsoluteURI(address.toString()));
    try {
      return opening
          .compose(request ->
              send.apply(request.idleTimeout(patience.toMillis()))
                  .compose(response -> collect(response, limit)))
          .await(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      opening.onSuccess(HttpClientRequest::reset);
      throw new StoreException.SourceUnavailable(
          address + " did not answer within " + deadline.toMillis() + " ms", e);
    } catch (TooLong e) {
      throw new StoreException.OversizedBlock("from " + address + ", " + e.getMessage());
    } catch (Exception e) {
      // The wait throws the failure itself, declared or not.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new StoreException.SourceUnavailable(
          address + " can't be reached or broke off: " + e.getMessage(), e);
    }
  }

  private static Future<Answer> collect(HttpClientResponse response, int limit) {
    Promise<Answer> answer = Promise.promise();
    Buffer body = Buffer.buffer();
    response
        .exceptionHandler(answer::tryFail)
        .handler(part -> {
          if (body.length() + part.length() > limit) {
            answer.tryFail(new TooLong(limit));
            response.request().reset();
          } else {
            body.appendBuffer(part);
          }
        })
        .endHandler(_ ->
            answer.tryComplete(
                new Answer(
                    response.statusCode(),
                    header(response, "Content-Type"),
                    header(response, "Retry-After"),
                    body.getBytes())));
    return answer.future();
  }

  private static String header(HttpClientResponse response, String name) {
    String value = response.getHeader(name);
    return value == null ? "" : value;
  }

  /** The body is longer than the caller allowed. */
  @SuppressWarnings("serial") // never serialised
  private static final class TooLong extends RuntimeException {
    TooLong(int limit) {
      super("the answer is longer than " + limit + " bytes");
    }
  }
}
