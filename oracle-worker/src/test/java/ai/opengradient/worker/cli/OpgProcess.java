package ai.opengradient.worker.cli;

import ai.opengradient.worker.testing.ChildJava;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A command that runs until it is stopped, in a process of its own. */
final class OpgProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final JsonNode answer;

  private OpgProcess(Process process, JsonNode answer) {
    this.process = process;
    this.answer = answer;
  }

  /**
   * Starts it with {@code --json} and returns when it has said that it is ready.
   *
   * @throws IllegalStateException with what it wrote if it ended instead
   */
  static OpgProcess start(Path folder, String... arguments) {
    Path log = folder.resolve(String.join("-", arguments) + ".log");
    try {
      Process process = begin(folder, log, arguments);
      BufferedReader out = process.inputReader();
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException(
            "it ended with " + process.onExit().join().exitValue() + ": " + Files.readString(log));
      }
      return new OpgProcess(process, JSON.readTree(line));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Runs it to its end with {@code --json}; its answer and failure are one line each. */
  static Invocation run(Path folder, String... arguments) {
    Path log = folder.resolve(String.join("-", arguments) + ".end.log");
    try {
      Process process = begin(folder, log, arguments);
      String out = String.join("\n", process.inputReader().lines().toList());
      return new Invocation(process.onExit().join().exitValue(), out, Files.readString(log));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Process begin(Path folder, Path log, String... arguments) throws IOException {
    List<String> command =
        ChildJava.command(
            List.of("-Xmx768m", "--sun-misc-unsafe-memory-access=allow"),
            Main.class,
            Stream.concat(Stream.of("--json"), Stream.of(arguments)).toArray(String[]::new));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile());
    builder.environment().put("OPT_OUT_TRACKING", "true");
    return builder.start();
  }

  /** What it said when it was ready. */
  JsonNode answer() {
    return answer;
  }

  /** Stops it as an operator would, and its children for certain. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    process.onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
