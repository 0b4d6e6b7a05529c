package ai.opengradient.worker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A worker, a watcher or a part of a fleet in a process of its own that kills itself at planned
 * moments and is started again each time.
 */
public final class KilledProcess implements AutoCloseable {

  private static final int SIGKILL = 128 + 9;
  private static final int SIGTERM = 128 + 15;

  /** What runs in the process. */
  public enum Program {
    WORKER,
    WATCHER,
    COORDINATOR,
    EXECUTOR
  }

  /** What a process says when it runs. */
  static final String GREETING = "This process is up.";

  private final Program program;
  private final Path configuration;
  private final Path folder;
  private final Path log;
  private final Path history;
  private Process process;
  private int starts = 1;

  /**
   * Starts it.
   *
   * @param plan lines {@code occurrence moment}
   */
  public KilledProcess(Program program, Path configuration, List<String> plan) {
    this.program = program;
    this.configuration = configuration;
    this.folder = configuration.resolveSibling("");
    this.log = configuration.resolveSibling("log");
    this.history = configuration.resolveSibling("history");
    try {
      KillPlan.write(folder, plan);
      this.process = start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                ChildJava.command(
                    List.of("-Xmx256m", "-Dlogback.configurationFile=killed-process.xml"),
                    KilledProcessMain.class,
                    program.name(),
                    configuration.toString(),
                    WorkerStage.PASSWORD,
                    folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("OPT_OUT_TRACKING", "true");
    return builder.start();
  }

  /** Kills it now. */
  public void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** Lets it go on after it has frozen itself. */
  public void thaw() {
    try {
      new ProcessBuilder("kill", "-CONT", Long.toString(process.pid())).start().waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** How it ended by itself. */
  public int status() {
    return process.exitValue();
  }

  /** Starts it with another plan, after {@link #stop}. */
  public void start(List<String> plan) {
    try {
      KillPlan.write(folder, plan);
      process = start();
      starts = 1;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
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
            "the "
                + program
                + " ended with "
                + process.exitValue()
                + ":\n"
                + Files.readString(log));
      }
      Files.writeString(
          history, Files.readString(log), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.delete(log);
      process = start();
      starts++;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether it runs and has said so since its last start. */
  public boolean isUp() {
    return process.isAlive() && log().contains(GREETING);
  }

  /** Whether it runs and waits for the lease, or has it. */
  public boolean standsBy() {
    return process.isAlive() && log().contains(KilledProcessMain.STANDING_BY);
  }

  /** How often it was started. */
  public int starts() {
    return starts;
  }

  /** The moments at which it killed itself, in their order. */
  public List<String> came() {
    try {
      return KillPlan.came(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The moments that it has been through, in their order. */
  public List<String> passed() {
    try {
      return KillPlan.passed(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What it wrote since its last start. */
  private String log() {
    return read(log);
  }

  /** All that it wrote. */
  public String history() {
    return read(history) + read(log);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException notBegun) {
      return "";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Ends it as an operator would, and says whether it went by itself. The last moment of its plan
   * may come when all is over: then it has killed itself, and nobody has started it again.
   */
  public boolean stop() throws InterruptedException {
    process.destroy();
    int status = process.waitFor();
    return status == SIGTERM || status == 0 || (status == SIGKILL && !came().isEmpty());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
