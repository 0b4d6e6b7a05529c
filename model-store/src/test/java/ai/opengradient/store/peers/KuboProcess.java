package ai.opengradient.store.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kubo of its own on loopback, without peers, in a new repository. */
final class KuboProcess implements AutoCloseable {
  private static final Pattern RPC =
      Pattern.compile("RPC API server listening on /ip4/127\\.0\\.0\\.1/tcp/(\\d+)");

  private final Process daemon;
  private final URI rpc;

  private KuboProcess(Process daemon, URI rpc) {
    this.daemon = daemon;
    this.rpc = rpc;
  }

  static KuboProcess start(String program, Path repository)
      throws IOException, InterruptedException {
    run(program, repository, "init", "--empty-repo");
    run(program, repository, "config", "Addresses.API", "/ip4/127.0.0.1/tcp/0");
    run(program, repository, "config", "Addresses.Gateway", "/ip4/127.0.0.1/tcp/0");
    run(program, repository, "config", "--json", "Addresses.Swarm", "[]");
    Process daemon = process(program, repository, "daemon", "--offline");
    BufferedReader lines = daemon.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher listening = RPC.matcher(line);
      if (listening.find()) {
        return new KuboProcess(daemon, URI.create("http://127.0.0.1:" + listening.group(1)));
      }
    }
    throw new IllegalStateException(program + " ended before its RPC listened");
  }

  URI rpc() {
    return rpc;
  }

  @Override
  public void close() {
    daemon.destroy();
    daemon.onExit().join();
  }

  private static void run(String program, Path repository, String... arguments)
      throws IOException, InterruptedException {
    Process process = process(program, repository, arguments);
    process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(program + " " + String.join(" ", arguments) + " failed");
    }
  }

  private static Process process(String program, Path repository, String... arguments)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(program);
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(Map.of("IPFS_PATH", repository.toString()));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
