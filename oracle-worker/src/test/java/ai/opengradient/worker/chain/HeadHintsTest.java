package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.opengradient.worker.testing.HardhatNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Heads by WebSocket: from a real node, and from one that talks nonsense. */
final class HeadHintsTest {

  private static final Duration PACE = Duration.ofMillis(20);

  private final AtomicInteger looks = new AtomicInteger();

  private HeadHints hints(String address) {
    HeadHints hints =
        new HeadHints(URI.create(address), PACE, looks::incrementAndGet, Thread::sleep);
    hints.start();
    return hints;
  }

  @Test
  void a_block_of_a_real_node_has_the_chain_looked_at() {
    try (HardhatNode node = HardhatNode.start();
        HeadHints hints = hints("ws://127.0.0.1:" + node.url().getPort())) {
      assertThat(hints).isNotNull();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            node.mine(1);
            return looks.get() > 0;
          });
      int before = looks.get();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            node.mine(1);
            return looks.get() > before;
          });
    }
  }

  @Test
  void garbage_and_broken_connections_change_nothing_and_heads_after_them_count() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    Vertx vertx = Vertx.vertx();
    List<String> garbage =
        List.of(
            "",
            "<html>",
            "[]",
            "{\"method\":\"eth_subscription\"}",
            "{\"method\":\"eth_subscription\",\"params\":{\"result\":{\"number\":7}}}",
            "x".repeat(70_000));
    HttpServer server =
        vertx
            .createHttpServer()
            .webSocketHandler(socket -> {
              int connection = connections.getAndIncrement();
              if (connection < garbage.size()) {
                socket.writeTextMessage(garbage.get(connection)).onComplete(done -> socket.close());
              } else {
                socket.writeTextMessage(
                    "{\"method\":\"eth_subscription\",\"params\":{\"result\":{\"number\":\"0x7\"}}}");
              }
            })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    AtomicInteger looksAtGarbage = new AtomicInteger(-1);
    try (HeadHints hints = hints("ws://127.0.0.1:" + server.actualPort())) {
      assertThat(hints).isNotNull();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            if (connections.get() == garbage.size()) {
              looksAtGarbage.compareAndSet(-1, looks.get());
            }
            return connections.get() > garbage.size() && looks.get() == 1;
          });
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
    assertThat(looksAtGarbage.get()).isLessThanOrEqualTo(0);
  }

  @Test
  void nobody_there_is_silence() {
    try (HeadHints hints = hints("ws://127.0.0.1:1")) {
      assertThat(hints).isNotNull();
    }
    assertThat(looks).hasValue(0);
  }
}
