package ai.opengradient.worker.cli;

import ai.opengradient.worker.inference.InferenceSettings;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that say what engines may use. */
final class EngineChoice {
  @Option(
      names = "--threads",
      description = "Threads that an engine computes with; without it one for each processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--memory-mib",
      paramLabel = "MIB",
      description = "Most memory that an engine's process may use (${DEFAULT-VALUE}).")
  private int memoryMebibytes = 4096;

  @Option(
      names = "--minutes",
      description = "Longest that one run may take, in minutes (${DEFAULT-VALUE}).")
  private int minutes = 30;

  InferenceSettings settings(Path folder) {
    return InferenceSettings.standard(folder)
        .withThreads(threads)
        .withMemoryLimit((long) memoryMebibytes << 20)
        .withTimeLimit(Duration.ofMinutes(minutes));
  }
}
