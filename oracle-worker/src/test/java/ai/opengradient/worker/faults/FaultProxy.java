package ai.opengradient.worker.faults;

import ai.opengradient.worker.testing.ForwardedQuestions;
import ai.opengradient.worker.testing.LoopbackServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands before a chain node, on loopback, and has faults happen to questions by chance: what
 * happens to the n-th question follows from seed and plan. Counts what it did.
 */
public final class FaultProxy implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LONGEST_DELAY = Duration.ofMillis(300);
  private static final long OLD = 6;
  private static final long FUTURE = 1_000;
  private static final long OTHER_ID = 987_654_321;

  private final LoopbackServer server;
  private final ForwardedQuestions node;
  private final Random random;
  private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
  private final AtomicReference<CountDownLatch> overtaken =
      new AtomicReference<>(new CountDownLatch(0));
  private volatile FaultPlan plan;
  private volatile boolean dead;
  private long questions;

  /**
   * Listens.
   *
   * @param port on loopback; 0: any free one
   */
  public FaultProxy(URI node, int port, long seed, FaultPlan plan) {
    this.node = new ForwardedQuestions(node);
    this.random = new Random(seed);
    this.plan = plan;
    this.server = new LoopbackServer(port, this::handle);
  }

  /** Where it listens. */
  public URI url() {
    return server.url();
  }

  /** From now on this happens. */
  public void follow(FaultPlan other) {
    plan = other;
  }

  /** From now on every connection breaks, or none does. */
  public void die(boolean isDead) {
    dead = isDead;
  }

  /** How often each kind happened. */
  public synchronized Map<FaultKind, Long> counts() {
    return Map.copyOf(counts);
  }

  /** How many questions came. */
  public synchronized long questions() {
    return questions;
  }

  private synchronized Optional<FaultKind> draw(boolean isAboutHead) {
    questions++;
    Optional<FaultKind> fault = plan.draw(random, isAboutHead);
    fault.ifPresent(kind -> counts.merge(kind, 1L, Long::sum));
    return fault;
  }

  private synchronized long upTo(long bound) {
    return random.nextLong(bound);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (dead) {
        return;
      }
      overtaken.get().countDown();
      JsonNode question = JSON.readTree(body);
      Optional<FaultKind> fault = draw(isAboutHead(question));
      if (fault.isEmpty()) {
        LoopbackServer.answer(exchange, 200, node.forward(body));
      } else {
        misbehave(fault.get(), exchange, question, body);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isAboutHead(JsonNode question) {
    return question.path("method").asText().equals("eth_getBlockByNumber")
        && question.path("params").path(0).asText().equals("latest");
  }

  private void misbehave(FaultKind fault, HttpExchange exchange, JsonNode question, byte[] body)
      throws IOException, InterruptedException {
    switch (fault) {
      case DELAY -> {
        TimeUnit.MILLISECONDS.sleep(1 + upTo(LONGEST_DELAY.toMillis()));
        LoopbackServer.answer(exchange, 200, node.forward(body));
      }
      case LOSE_QUESTION -> {}
      case LOSE_ANSWER -> node.forward(body);
      case DUPLICATE -> {
        byte[] first = node.forward(body);
        node.forward(body);
        LoopbackServer.answer(exchange, 200, first);
      }
      case REORDER -> {
        CountDownLatch next = new CountDownLatch(1);
        overtaken.set(next);
        next.await(LONGEST_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        LoopbackServer.answer(exchange, 200, node.forward(body));
      }
      case RATE_LIMIT -> {
        exchange.getResponseHeaders().add("Retry-After", "1");
        LoopbackServer.answer(exchange, 429, text("slow down"));
      }
      case WEB_PAGE ->
          LoopbackServer.answer(exchange, 502, text("<html><body>Bad gateway</body></html>"));
      case TRUNCATED -> {
        byte[] whole = node.forward(body);
        LoopbackServer.answer(exchange, 200, Arrays.copyOf(whole, whole.length / 2));
      }
      case WRONG_ID -> LoopbackServer.answer(exchange, 200, withAnotherId(node.forward(body)));
      case OLD_HEAD -> {
        long newest = number(JSON.readTree(node.forward(body)).path("result"));
        ObjectNode old = question.deepCopy();
        old.putArray("params").add(hexadecimal(Math.max(0, newest - OLD))).add(false);
        LoopbackServer.answer(exchange, 200, node.forward(JSON.writeValueAsBytes(old)));
      }
      case FUTURE_HEAD -> {
        JsonNode right = JSON.readTree(node.forward(body));
        LoopbackServer.answer(
            exchange,
            200,
            lie(right, "number", hexadecimal(number(right.path("result")) + FUTURE)));
      }
      case OTHER_HASH ->
          LoopbackServer.answer(
              exchange,
              200,
              lie(
                  JSON.readTree(node.forward(body)),
                  "hash",
                  "0x" + "%016x".formatted(upTo(Long.MAX_VALUE)).repeat(4)));
    }
  }

  private static byte[] lie(JsonNode answer, String field, String value) throws IOException {
    if (answer.path("result") instanceof ObjectNode block) {
      block.put(field, value);
    }
    return JSON.writeValueAsBytes(answer);
  }

  private static byte[] withAnotherId(byte[] answer) throws IOException {
    JsonNode read = JSON.readTree(answer);
    if (read instanceof ObjectNode object) {
      object.put("id", OTHER_ID);
    }
    return JSON.writeValueAsBytes(read);
  }

  private static long number(JsonNode block) {
    return Long.decode(block.path("number").asText("0x0"));
  }

  private static String hexadecimal(long number) {
    return "0x" + Long.toHexString(number);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
    node.close();
  }
}
