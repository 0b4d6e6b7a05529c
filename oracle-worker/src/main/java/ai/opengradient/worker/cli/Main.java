package ai.opengradient.worker.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The program {@code opg}. */
public final class Main {
  private static final String LOG_CONFIGURATION = "logback.configurationFile";

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    if (!List.of(arguments).contains("run") && System.getProperty(LOG_CONFIGURATION) == null) {
      // Before the first logger is made. Only a running worker keeps a log.
      System.setProperty(LOG_CONFIGURATION, "ai/opengradient/worker/cli/command-logback.xml");
    }
    Surroundings surroundings =
        new Surroundings(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            System.getenv(),
            Path.of("").toAbsolutePath());
    System.exit(Opg.run(surroundings, arguments));
  }
}
