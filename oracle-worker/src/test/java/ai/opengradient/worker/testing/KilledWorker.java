package ai.opengradient.worker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A worker in a process of its own that kills itself at planned moments and is started again each time. */
public final class KilledWorker implements AutoCloseable {

  private static final int SIGKILL = 128 + 9;
  private static final int SIGTERM = 128 + 15;

  private final Path configuration;
  private final Path plan;
  private final Path came;
  private final Path log;
  private Process process;
  private int starts = 1;

  /**
   * Starts it.
   *
   * @param plan lines {@code occurrence moment}
   */
  public KilledWorker(Path configuration, List<String> plan) {
    this.configuration = configuration;
    this.plan = configuration.resolveSibling("plan");
    this.came = configuration.resolveSibling("came");
    this.log = configuration.resolveSibling("log");
    try {
      Files.write(this.plan, plan);
      this.process = start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWorkerMain.class.getName(),
                configuration.toString(),
                WorkerStage.PASSWORD,
                plan.toString(),
                came.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("OPT_OUT_TRACKING", "true");
    return builder.start();
  }

  /**
   * Starts it again if it has killed itself.
   *
   * @throws IllegalStateException with its log if it ended otherwise
   */
  public void startAgainIfKilled() {
    if (process.isAlive()) {
      return;
    }
    try {
      if (process.exitValue() != SIGKILL) {
        throw new IllegalStateException(
            "a worker ended with " + process.exitValue() + ":\n" + Files.readString(log));
      }
      process = start();
      starts++;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** How often it was started. */
  public int starts() {
    return starts;
  }

  /** The moments at which it killed itself, in their order. */
  public List<String> came() {
    try {
      return Files.exists(came) ? Files.readAllLines(came) : new ArrayList<>();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All that it wrote. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Ends it as an operator would, and says whether it went by itself. */
  public boolean stop() throws InterruptedException {
    process.destroy();
    int status = process.waitFor();
    return status == SIGTERM || status == 0;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
