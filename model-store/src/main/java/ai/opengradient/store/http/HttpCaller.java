package ai.opengradient.store.http;

import ai.opengradient.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.multipart.MultipartForm;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Calls HTTP servers that nobody trusts: no redirects, a deadline for the whole answer, a limit for
 * its length. Calls block the calling thread, which must not be an event loop.
 */
public final class HttpCaller implements AutoCloseable {
  private final WebClient client;
  private final Duration deadline;

  /**
   * @param deadline for one call, from connecting to the answer's last byte
   */
  public HttpCaller(Vertx vertx, Duration deadline) {
    this.deadline = deadline;
    client =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setFollowRedirects(false)
                .setUserAgentEnabled(false)
                .setConnectTimeout((int) deadline.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) deadline.toMillis()));
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

  /** A POST without a body; limit and failures as with {@link #get}. */
  public Answer post(URI address, int limit) {
    return call(address, HttpMethod.POST, limit, HttpRequest::send);
  }

  /** A POST of a form; limit and failures as with {@link #get}. */
  public Answer post(URI address, MultipartForm form, int limit) {
    return call(address, HttpMethod.POST, limit, request -> request.sendMultipartForm(form));
  }

  @Override
  public void close() {
    client.close();
  }

  private Answer call(
      URI address,
      HttpMethod method,
      int limit,
      Function<HttpRequest<byte[]>, Future<HttpResponse<byte[]>>> send) {
    BoundedBody body = new BoundedBody(limit);
    try {
      HttpResponse<byte[]> response =
          send.apply(client.requestAbs(method, address.toString()).as(body))
              .await(deadline.toMillis(), TimeUnit.MILLISECONDS);
      byte[] bytes = response.body();
      return new Answer(response.statusCode(), bytes == null ? new byte[0] : bytes);
    } catch (TimeoutException e) {
      body.handle(e);
      throw new StoreException.SourceUnavailable(
          address + " did not answer within " + deadline.toSeconds() + " s", e);
    } catch (BoundedBody.TooLong e) {
      throw new StoreException.OversizedBlock("from " + address + ", " + e.getMessage());
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new StoreException.SourceUnavailable(
          address + " can't be reached or broke off: " + e.getMessage(), e);
    }
  }
}
