package ai.opengradient.worker.testing;

import ai.opengradient.canon.NodeProgram;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.Endpoint;
import ai.opengradient.worker.keys.DevelopmentKeys;
import ai.opengradient.worker.keys.LocalSigner;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * Hardhat's own node in a child process on a free loopback port: a real EVM with chain 31337 that
 * mines a block for each transaction unless told otherwise. Ends with {@link #close} or with this
 * JVM.
 */
public final class HardhatNode implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final URI url;
  private final Thread endWithUs;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HardhatNode(Process process, Path log, URI url) {
    this.process = process;
    this.log = log;
    this.url = url;
    this.endWithUs = new Thread(this::kill);
    Runtime.getRuntime().addShutdownHook(endWithUs);
  }

  /** Starts a node and returns when it answers. */
  public static HardhatNode start() {
    return start(freePort());
  }

  /** Starts a node on this port, as after a node's restart; it begins a new chain. */
  public static HardhatNode start(int port) {
    try {
      Path log = Files.createTempFile("hardhat-node", ".log");
      Process process =
          new ProcessBuilder(
                  NodeProgram.command(
                      "node_modules/hardhat/dist/src/cli.js",
                      "node",
                      "--hostname",
                      "127.0.0.1",
                      "--port",
                      Integer.toString(port)))
              .directory(Repository.root().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      HardhatNode node = new HardhatNode(process, log, URI.create("http://127.0.0.1:" + port));
      node.awaitAnswer();
      return node;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void awaitAnswer() {
    Awaitility.await("Hardhat's node answers, see " + log)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .failFast("Hardhat's node has ended, see " + log, () -> !process.isAlive())
        .until(() -> rpc("eth_chainId").asText().equals("0x7a69"));
  }

  /** Where JSON-RPC is. */
  public URI url() {
    return url;
  }

  /** The node, asked once and without patience. */
  public Endpoint endpoint() {
    return new Endpoint(url, Duration.ofSeconds(20), 1, Duration.ZERO, Duration.ZERO);
  }

  /**
   * Deploys the contracts with the profile {@code local} and writes {@code deployment.json} into
   * the directory.
   */
  public Deployment deploy(Path directory) {
    return deploy(directory, "--profile", "local");
  }

  /** The same with another profile, as options of {@code scripts/deploy.js}. */
  public Deployment deploy(Path directory, String... profile) {
    Path file = directory.resolve("deployment.json");
    try {
      List<String> command =
          new ArrayList<>(
              NodeProgram.command(
                  "scripts/deploy.js", "--rpc", url.toString(), "--out", file.toString()));
      command.addAll(List.of(profile));
      Process script =
          new ProcessBuilder(command)
              .directory(Repository.root().toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("deployment.log").toFile())
              .start();
      int status = script.waitFor();
      if (status != 0) {
        throw new IllegalStateException(
            "scripts/deploy.js ended with "
                + status
                + ": "
                + Files.readString(directory.resolve("deployment.log")));
      }
      return Deployment.read(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while deploying", interruption);
    }
  }

  /** One of the chain's funded accounts; the first, 0, is the deployment's and holds all $OPG. */
  public static LocalSigner account(int index) {
    return DevelopmentKeys.account(index);
  }

  /** Asks the node; its refusal is an {@link IllegalStateException}. */
  public JsonNode rpc(String method, Object... parameters) {
    ObjectNode question = JSON.createObjectNode();
    question.put("jsonrpc", "2.0").put("id", 1).put("method", method);
    question.set("params", JSON.valueToTree(List.of(parameters)));
    try {
      JsonNode answer =
          JSON.readTree(
              http.send(
                      HttpRequest.newBuilder(url)
                          .header("Content-Type", "application/json")
                          .POST(HttpRequest.BodyPublishers.ofString(question.toString()))
                          .build(),
                      BodyHandlers.ofString())
                  .body());
      if (answer.has("error")) {
        throw new IllegalStateException(method + ": " + answer.get("error"));
      }
      return answer.path("result");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the node", interruption);
    }
  }

  /** Adds blocks, with what waits in the first of them. */
  public void mine(int blocks) {
    rpc("hardhat_mine", "0x" + Integer.toHexString(blocks));
  }

  /** Moves chain time on and mines a block at the new time. */
  public void passTime(long seconds) {
    rpc("evm_increaseTime", seconds);
    mine(1);
  }

  /** Whether each transaction gets its block at once, or waits for {@link #mine}. */
  public void mineAtOnce(boolean atOnce) {
    rpc("evm_setAutomine", atOnce);
  }

  /** Remembers the chain's state. */
  public String snapshot() {
    return rpc("evm_snapshot").asText();
  }

  /** Goes back to a remembered state, once: what came later is gone, as in a reorganisation. */
  public void revert(String snapshot) {
    if (!rpc("evm_revert", snapshot).asBoolean()) {
      throw new IllegalStateException("no snapshot " + snapshot);
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(endWithUs);
    process.onExit().join();
    http.shutdownNow();
    try {
      Files.deleteIfExists(log);
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }
}
