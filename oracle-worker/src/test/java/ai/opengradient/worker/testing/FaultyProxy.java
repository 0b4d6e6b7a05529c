package ai.opengradient.worker.testing;

import ai.opengradient.worker.chain.Endpoint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Stands before a chain node and lets it fail on cue. */
public final class FaultyProxy implements AutoCloseable {

  /** What happens to one question. */
  public sealed interface Fault {
    /** The node answers. */
    record None() implements Fault {}

    /** The node never hears of it; the connection breaks. */
    record LoseQuestion() implements Fault {}

    /** The node acts on it, but the connection breaks before the answer. */
    record LoseAnswer() implements Fault {}

    /** The node answers, but something happens before the answer goes on its way. */
    record Before(Runnable answer) implements Fault {}

    /** Something answers this status and body. */
    record Answer(int status, String body, String retryAfter) implements Fault {}

    /** The node answers with JSON-RPC's error. */
    record Refuse(int code, String message) implements Fault {}
  }

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI node;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Function<JsonNode, Fault> faults = _ -> new Fault.None();

  public FaultyProxy(URI node) {
    this.node = node;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The proxy as a node, with this many attempts and no pauses. */
  public Endpoint endpoint(int attempts) {
    return new Endpoint(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        Duration.ofSeconds(20),
        attempts,
        Duration.ofMillis(10),
        Duration.ofMillis(40));
  }

  /** From now on this decides what happens to each question (method and params). */
  public void faults(Function<JsonNode, Fault> decision) {
    faults = decision;
  }

  /** Every question from now on meets this fault if it is of the method, else none. */
  public void fault(String method, Fault fault) {
    faults(question -> question.path("method").asText().equals(method) ? fault : new Fault.None());
  }

  /** From now on nothing fails. */
  public void heal() {
    faults(_ -> new Fault.None());
  }

  /** The methods asked so far, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode question = JSON.readTree(body);
      asked.add(question.path("method").asText());
      switch (faults.apply(question)) {
        case Fault.None _ -> answer(exchange, 200, forward(body));
        case Fault.Before before -> {
          byte[] answer = forward(body);
          before.answer().run();
          answer(exchange, 200, answer);
        }
        case Fault.LoseQuestion _ -> {}
        case Fault.LoseAnswer _ -> forward(body);
        case Fault.Answer answer -> {
          if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
          }
          answer(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
        }
        case Fault.Refuse refusal ->
            answer(
                exchange,
                200,
                JSON.writeValueAsBytes(
                    JSON.createObjectNode()
                        .put("jsonrpc", "2.0")
                        .put("id", question.path("id").asLong())
                        .set(
                            "error",
                            JSON.createObjectNode()
                                .put("code", refusal.code())
                                .put("message", refusal.message()))));
      }
    }
  }

  private byte[] forward(byte[] body) throws IOException {
    try {
      return http.send(
              HttpRequest.newBuilder(node)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                  .build(),
              BodyHandlers.ofByteArray())
          .body();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IOException(interruption);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.shutdownNow();
  }
}
