package ai.opengradient.store.peers;

import ai.opengradient.canon.NodeProgram;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A script in {@code src/test/peers} that runs IPFS code by others, told by its lines. */
public final class PeerScript implements AutoCloseable {
  private static final String FOLDER = "model-store/src/test/peers/";

  private final Process process;
  private final BufferedReader lines;

  private PeerScript(Process process) {
    this.process = process;
    lines = process.inputReader();
  }

  /** Starts a script of one of the folders, each of which has its own packages. */
  public static PeerScript start(String script, String... arguments) throws IOException {
    return start(Map.of(), script, arguments);
  }

  static PeerScript start(Map<String, String> environment, String script, String... arguments)
      throws IOException {
    Path root = Path.of(System.getProperty("opg.root"));
    Path path = root.resolve(FOLDER + script);
    Path packages = path.resolveSibling("node_modules");
    if (!Files.isDirectory(packages)) {
      throw new IllegalStateException(packages + " is not there: run scripts/setup --with-peers");
    }
    ProcessBuilder builder =
        new ProcessBuilder(NodeProgram.command(FOLDER + script, arguments))
            .directory(new File(root.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return new PeerScript(builder.start());
  }

  /** The next line, nothing once the script has ended. */
  public Optional<String> line() throws IOException {
    return Optional.ofNullable(lines.readLine());
  }

  /** All lines of a script that ends by itself, well. */
  public List<String> allLines() throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      all.add(line.get());
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new IllegalStateException("the script ended with status " + status);
    }
    return all;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
