package ai.opengradient.worker.chain;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** JSON-RPC 2.0 over HTTP to one node, each failure told apart. */
final class JsonRpc implements AutoCloseable {

  /**
   * No answer that the worker needs comes near it; a node's error page or a runaway log query may.
   */
  private static final long ANSWER_LIMIT = 64L << 20;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int EXCERPT = 120;
  private static final JsonMapper JSON = new JsonMapper();

  private final Endpoint endpoint;
  private final HttpClient http;
  private final AtomicLong lastId = new AtomicLong();

  JsonRpc(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.http =
        HttpClient.newBuilder()
            // Hardhat's node takes the offer of HTTP/2 for one of a web socket, and refuses it.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(endpoint.timeout())
            .build();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Asks once. If it fails without the node's answer, whether the node acted on it is unknown. */
  JsonNode ask(String method, Object... parameters) {
    long id = lastId.incrementAndGet();
    ObjectNode question = JSON.createObjectNode();
    question.put("jsonrpc", "2.0").put("id", id).put("method", method);
    question.set("params", JSON.valueToTree(parameters));
    return resultOf(method, id, exchange(question.toString()));
  }

  private HttpResponse<byte[]> exchange(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.url())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    // Not the request's own timeout: that one ends with the headers, and a body may trickle for
    // ever.
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_LIMIT));
    try {
      return answer.get(endpoint.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException timeout) {
      answer.cancel(true);
      throw new ChainException.Unreachable(
          endpoint, "nothing came within " + endpoint.timeout().toMillis() + " ms", timeout);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      throw new ChainException.Unreachable(endpoint, describe(cause), cause);
    } catch (InterruptedException interruption) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new ChainException.Interrupted(endpoint, interruption);
    }
  }

  private static String describe(@Nullable Throwable cause) {
    if (cause == null) {
      return "unknown cause";
    }
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private JsonNode resultOf(String method, long id, HttpResponse<byte[]> response) {
    if (response.statusCode() == TOO_MANY_REQUESTS) {
      throw new ChainException.RateLimited(endpoint, retryAfter(response));
    }
    JsonNode answer = parse(response);
    JsonNode error = answer.get("error");
    if (error != null && error.isObject()) {
      throw refusal(method, error);
    }
    JsonNode result = answer.get("result");
    if (result == null || answer.path("id").asLong() != id) {
      throw malformed(response);
    }
    return result;
  }

  private JsonNode parse(HttpResponse<byte[]> response) {
    try {
      JsonNode answer = JSON.readTree(response.body());
      if (answer != null && answer.isObject()) {
        return answer;
      }
    } catch (JacksonException notJson) {
      throw malformed(response);
    } catch (IOException impossible) {
      throw new AssertionError("reading from memory", impossible);
    }
    throw malformed(response);
  }

  private ChainException refusal(String method, JsonNode error) {
    String message = error.path("message").asText("no reason given");
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("rate limit") || lower.contains("too many requests")) {
      return new ChainException.RateLimited(endpoint, null);
    }
    return new ChainException.NodeRefused(
        method, error.path("code").asInt(), message, revertData(error.path("data")));
  }

  /**
   * Nodes differ: the data is a string, or an object that holds it, or a string after some words.
   */
  private static @Nullable String revertData(JsonNode data) {
    if (data.isObject()) {
      return revertData(data.path("data"));
    }
    String text = data.asText("");
    int start = text.indexOf("0x");
    return start >= 0 && text.substring(start + 2).matches("([0-9a-fA-F]{2})*")
        ? text.substring(start)
        : null;
  }

  private ChainException malformed(HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8).strip();
    String beginning = body.length() > EXCERPT ? body.substring(0, EXCERPT) + "…" : body;
    return new ChainException.MalformedAnswer(
        endpoint, "status " + response.statusCode() + ", beginning '" + beginning + "'");
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .orElse(null);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
