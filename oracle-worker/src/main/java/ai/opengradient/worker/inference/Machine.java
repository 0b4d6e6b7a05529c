package ai.opengradient.worker.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process runs on, in words. */
final class Machine {
  private Machine() {}

  /** Name, version and architecture. */
  static String operatingSystem() {
    return String.join(
        " ",
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"));
  }

  /** The processor's model name, or the architecture where the system does not tell. */
  static String processor() throws IOException {
    Path information = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(information)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(information)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
