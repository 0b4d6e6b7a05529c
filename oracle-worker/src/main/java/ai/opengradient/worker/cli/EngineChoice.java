package ai.opengradient.worker.cli;

import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
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

  /**
   * As engines take them.
   *
   * @throws OpgException 101 if an option is out of its range
   */
  InferenceSettings settings(Path folder) {
    require(threads >= 1, "--threads is at least 1");
    long memory = (long) memoryMebibytes << 20;
    require(
        memory >= InferenceSettings.LEAST_MEMORY,
        "--memory-mib is at least " + (InferenceSettings.LEAST_MEMORY >> 20));
    require(minutes >= 1, "--minutes is at least 1");
    return InferenceSettings.standard(folder)
        .withThreads(threads)
        .withMemoryLimit(memory)
        .withTimeLimit(Duration.ofMinutes(minutes));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new OpgException(ErrorCode.USAGE, otherwise);
    }
  }
}
