package ai.opengradient.worker.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks a chain node what somebody else asked. */
public final class ForwardedQuestions implements AutoCloseable {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI node;

  public ForwardedQuestions(URI node) {
    this.node = node;
  }

  /** The node's answer to the question. */
  public byte[] forward(byte[] question) throws IOException {
    try {
      return http.send(
              HttpRequest.newBuilder(node)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                  .build(),
              BodyHandlers.ofByteArray())
          .body();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException(stopping);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
