package ai.opengradient.canon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Node.js that runs the project's scripts: the property opg.node, else the one in .tools, else
 * the path's.
 */
public final class NodeProgram {
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");

  private NodeProgram() {}

  /** A command that runs the script, seen from the repository's root. */
  public static List<String> command(String script, String... arguments) {
    return Stream.concat(Stream.of(find(), script), Stream.of(arguments)).toList();
  }

  private static String find() {
    String property = System.getProperty("opg.node");
    if (property != null) {
      return property;
    }
    Path ours = Path.of(System.getProperty("opg.root"), ".tools/node/bin/node");
    if (Files.isExecutable(ours)) {
      return ours.toString();
    }
    if (isNewEnough("node")) {
      return "node";
    }
    throw new IllegalStateException(
        "no Node 22.13 or newer in .tools or on the path: run scripts/setup, or give -Dopg.node=PATH");
  }

  private static boolean isNewEnough(String program) {
    try {
      Process process = new ProcessBuilder(program, "--version").start();
      String version =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      Matcher numbers = VERSION.matcher(version);
      if (!numbers.matches()) {
        return false;
      }
      int major = Integer.parseInt(Objects.requireNonNull(numbers.group(1)));
      int minor = Integer.parseInt(Objects.requireNonNull(numbers.group(2)));
      return major > 22 || (major == 22 && minor >= 13);
    } catch (IOException notThere) {
      return false;
    }
  }
}
