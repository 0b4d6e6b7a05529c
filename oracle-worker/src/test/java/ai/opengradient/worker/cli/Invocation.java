package ai.opengradient.worker.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A command line as it was run in this process. */
record Invocation(int exit, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Invocation of(Path folder, String... arguments) {
    return of(folder, Map.of(), arguments);
  }

  static Invocation of(Path folder, Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Opg.run(
            new Surroundings(new PrintWriter(out), new PrintWriter(err), environment, folder),
            arguments);
    return new Invocation(exit, out.toString(), err.toString());
  }

  /** With {@code --json}. */
  static Invocation json(Path folder, String... arguments) {
    return of(
        folder, Stream.concat(Stream.of("--json"), Stream.of(arguments)).toArray(String[]::new));
  }

  /** The answer: exactly one line of JSON. */
  JsonNode answer() {
    if (exit != 0) {
      throw new AssertionError("exit " + exit + ": " + err);
    }
    return oneLine(out);
  }

  /** The failure: exactly one line of JSON, and no answer. */
  JsonNode failure() {
    if (!out.isEmpty()) {
      throw new AssertionError("an answer besides the failure: " + out);
    }
    return oneLine(err).get("error");
  }

  private static JsonNode oneLine(String text) {
    if (text.strip().contains("\n")) {
      throw new AssertionError("more than one line: " + text);
    }
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
