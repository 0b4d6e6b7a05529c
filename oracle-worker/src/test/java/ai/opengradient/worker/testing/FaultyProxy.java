package ai.opengradient.worker.testing;

import ai.opengradient.worker.chain.Endpoint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

  private final LoopbackServer server;
  private final ForwardedQuestions node;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Function<JsonNode, Fault> faults = _ -> new Fault.None();

  public FaultyProxy(URI node) {
    this.node = new ForwardedQuestions(node);
    this.server = new LoopbackServer(0, this::handle);
  }

  /** The proxy as a node, with this many attempts and no pauses. */
  public Endpoint endpoint(int attempts) {
    return new Endpoint(
        server.url(),
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
        case Fault.None _ -> LoopbackServer.answer(exchange, 200, node.forward(body));
        case Fault.Before before -> {
          byte[] answer = node.forward(body);
          before.answer().run();
          LoopbackServer.answer(exchange, 200, answer);
        }
        case Fault.LoseQuestion _ -> {}
        case Fault.LoseAnswer _ -> node.forward(body);
        case Fault.Answer answer -> {
          if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
          }
          LoopbackServer.answer(
              exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
        }
        case Fault.Refuse refusal ->
            LoopbackServer.answer(
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

  @Override
  public void close() {
    server.close();
    node.close();
  }
}
