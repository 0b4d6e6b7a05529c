package ai.opengradient.worker.keys;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Questions over HTTP to a remote signer, with an end to its patience and to what it reads. */
final class RemoteApi {

  private static final int MOST_BYTES = 1 << 20;
  private static final int OK = 200;

  private final URI base;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RemoteApi(URI base, Duration patience) {
    this.base = base;
    this.patience = patience;
  }

  URI address(String path) {
    String text = base.toString();
    return URI.create(text + (text.endsWith("/") ? "" : "/") + path);
  }

  String get(String path) {
    return ask(HttpRequest.newBuilder(address(path)).GET());
  }

  String post(String path, String json) {
    return ask(
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private String ask(HttpRequest.Builder question) {
    HttpRequest request = question.build();
    CompletableFuture<HttpResponse<String>> asked =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
    try {
      // The whole answer, as the client's own limit would end with the first byte.
      HttpResponse<String> answer = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != OK) {
        throw new KeyException.RemoteRefused(request.uri(), answer.statusCode());
      }
      return answer.body();
    } catch (TimeoutException tooLong) {
      asked.cancel(true);
      throw new KeyException.RemoteUnreachable(base, tooLong);
    } catch (ExecutionException failure) {
      throw new KeyException.RemoteUnreachable(base, failure);
    } catch (InterruptedException stopping) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw new KeyException.RemoteUnreachable(base, stopping);
    }
  }
}
