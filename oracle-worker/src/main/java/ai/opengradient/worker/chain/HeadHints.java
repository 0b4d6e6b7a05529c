package ai.opengradient.worker.chain;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Listens where a node announces new blocks, and has the chain looked at sooner. What is announced
 * is not believed: whoever looks asks for it. Silence, garbage and broken connections change
 * nothing but how soon that is.
 */
public final class HeadHints implements AutoCloseable {

  private static final String SUBSCRIPTION =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}";

  /** A head has some kilobytes at most. */
  private static final int LONGEST_MESSAGE = 1 << 16;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();

  private final URI address;
  private final Duration pace;
  private final Runnable look;
  private final Pause pause;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final ExecutorService thread =
      Executors.newFixedThreadPool(2, Thread.ofVirtual().name("heads ", 0).factory());
  private final Semaphore announced = new Semaphore(0);

  /**
   * Nothing happens before {@link #start}.
   *
   * @param address of JSON-RPC over WebSocket
   * @param pace least time between two looks, and between two connections
   * @param look has the chain looked at
   */
  public HeadHints(URI address, Duration pace, Runnable look, Pause pause) {
    this.address = address;
    this.pace = pace;
    this.look = look;
    this.pause = pause;
  }

  /** Begins to listen. */
  public void start() {
    thread.execute(this::pass);
    thread.execute(this::listen);
  }

  /** However many heads are announced, looks come no faster than the pace. */
  private void pass() {
    try {
      while (true) {
        announced.acquire();
        announced.drainPermits();
        look.run();
        pause.sleep(pace);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try {
      while (true) {
        Messages messages = new Messages();
        try {
          WebSocket socket = http.newWebSocketBuilder().buildAsync(address, messages).join();
          socket.sendText(SUBSCRIPTION, true).join();
          messages.over.acquire();
          socket.abort();
        } catch (CompletionException notThere) {
          // Heads come by polling all the same.
        }
        pause.sleep(pace);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** One connection's messages. */
  private final class Messages implements WebSocket.Listener {
    private final Semaphore over = new Semaphore(0);
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      message.append(part);
      if (message.length() > LONGEST_MESSAGE) {
        over.release();
        return null;
      }
      if (last) {
        if (isHead(message.toString())) {
          announced.release();
        }
        message.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      over.release();
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      over.release();
    }
  }

  private static boolean isHead(String message) {
    try {
      JsonNode read = JSON.readTree(message);
      return read.path("method").asText().equals("eth_subscription")
          && read.path("params").path("result").path("number").isTextual();
    } catch (JacksonException garbage) {
      return false;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    http.shutdownNow();
    thread.close();
  }
}
