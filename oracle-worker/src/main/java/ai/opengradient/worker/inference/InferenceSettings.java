package ai.opengradient.worker.inference;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the child process is started and what it may use.
 *
 * @param javaExecutable the {@code java} that runs the child
 * @param classPath class path of the child: it must hold this module and its libraries
 * @param folder where the native libraries are kept between starts, and where a crash of the JVM
 *     leaves its report; made if absent
 * @param memoryLimit bytes that the child may write to, Java heap included; at least {@link
 *     #LEAST_MEMORY}
 * @param threads threads that share the work of one operator; at least 1
 * @param optimisation how far ONNX Runtime rewrites a graph; the canonical engine has no such
 *     choice
 * @param timeLimit the longest that loading a model and running it once may take together
 * @param cachedModels sessions kept ready, the least recently used goes first; at least 1
 */
public record InferenceSettings(
    Path javaExecutable,
    String classPath,
    Path folder,
    long memoryLimit,
    int threads,
    OptimisationLevel optimisation,
    Duration timeLimit,
    int cachedModels) {

  /** What an idle child needs, with room for a small model. */
  public static final long LEAST_MEMORY = 512L << 20;

  public InferenceSettings {
    require(memoryLimit >= LEAST_MEMORY, "memoryLimit must be at least " + LEAST_MEMORY + " bytes");
    require(threads >= 1, "threads must be at least 1");
    require(timeLimit.isPositive(), "timeLimit must be positive");
    require(cachedModels >= 1, "cachedModels must be at least 1");
  }

  /**
   * The running JVM's own executable and class path, 4 GiB, all processors, every optimisation,
   * five minutes, eight models.
   */
  public static InferenceSettings standard(Path folder) {
    return new InferenceSettings(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        folder,
        4L << 30,
        Runtime.getRuntime().availableProcessors(),
        OptimisationLevel.ALL,
        Duration.ofMinutes(5),
        8);
  }

  public InferenceSettings withMemoryLimit(long bytes) {
    return new InferenceSettings(
        javaExecutable, classPath, folder, bytes, threads, optimisation, timeLimit, cachedModels);
  }

  public InferenceSettings withThreads(int count) {
    return new InferenceSettings(
        javaExecutable,
        classPath,
        folder,
        memoryLimit,
        count,
        optimisation,
        timeLimit,
        cachedModels);
  }

  public InferenceSettings withOptimisation(OptimisationLevel level) {
    return new InferenceSettings(
        javaExecutable, classPath, folder, memoryLimit, threads, level, timeLimit, cachedModels);
  }

  public InferenceSettings withTimeLimit(Duration limit) {
    return new InferenceSettings(
        javaExecutable, classPath, folder, memoryLimit, threads, optimisation, limit, cachedModels);
  }

  public InferenceSettings withCachedModels(int count) {
    return new InferenceSettings(
        javaExecutable, classPath, folder, memoryLimit, threads, optimisation, timeLimit, count);
  }

  /** Bytes of the Java heap: tensors pass through it, weights and intermediate tensors do not. */
  long stockHeap() {
    return Math.clamp(memoryLimit / 4, 128L << 20, 1L << 30);
  }

  /** Bytes of the Java heap, where the canonical engine has everything. */
  long canonicalHeap() {
    return memoryLimit - (memoryLimit >> 3) - (128L << 20);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
