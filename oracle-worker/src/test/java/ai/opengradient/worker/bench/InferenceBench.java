package ai.opengradient.worker.bench;

import ai.onnxruntime.OrtException;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.examples.BenchmarkModels;
import ai.opengradient.worker.inference.DirectSession;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.InferenceProcess;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.inference.OptimisationLevel;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What the worker's way of running a model costs over ONNX Runtime alone: the child process, the
 * transfer of 602 KB of input, the byte order and DJL against nothing but {@code OrtSession.run} on
 * memory that is ready. Same file, options and threads; the two sides take turns, and who begins
 * changes from pair to pair. Also how many runs of a tiny model fit into a second.
 *
 * <p>Arguments: {@code --json} for one line of JSON, {@code --pairs N} (30 or more; standard 60),
 * {@code --threads N} (standard: all processors).
 */
public final class InferenceBench {
  /** A worker lives for weeks: its code is compiled, and so is that of the bare call. */
  private static final int WARM_UP = 200;

  private static final int TINY_RUNS = 20_000;

  /**
   * For the threads of the side that just ran to stop spinning: they would slow down the other one.
   */
  private static final int PAUSE_MILLISECONDS = 20;

  private InferenceBench() {}

  public static void main(String[] arguments)
      throws IOException, InferenceException, OrtException, InterruptedException {
    List<String> options = List.of(arguments);
    int pairs = number(options, "--pairs", 60);
    int threads = number(options, "--threads", Runtime.getRuntime().availableProcessors());
    Path folder = Files.createTempDirectory("opg-bench");
    InferenceSettings settings = InferenceSettings.standard(folder).withThreads(threads);
    InferenceProcess.start(settings).close();
    long begun = System.nanoTime();
    try (InferenceProcess process = InferenceProcess.start(settings)) {
      double start = milliseconds(System.nanoTime() - begun);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("gigaOperations", BenchmarkModels.CONVOLUTIONS_OPERATIONS / 1e9);
      figures.put("threads", threads);
      figures.put("pairs", pairs);
      figures.put("tinyRunsPerSecond", tinyRunsPerSecond(process, folder));
      figures.putAll(overhead(process, folder, threads, pairs));
      figures.put("childStartMilliseconds", start);
      print(figures, options.contains("--json"));
    }
  }

  private static Map<String, Object> overhead(
      InferenceProcess process, Path folder, int threads, int pairs)
      throws IOException, InferenceException, OrtException, InterruptedException {
    Path model = Files.write(folder.resolve("convolutions.onnx"), BenchmarkModels.convolutions());
    List<Tensor> inputs = List.of(image());
    Samples worker = new Samples();
    Samples bare = new Samples();
    Samples ratios = new Samples();
    try (DirectSession session = new DirectSession(model, threads, OptimisationLevel.ALL);
        DirectSession.Inputs ready = session.inputs(inputs)) {
      for (int run = 0; run < WARM_UP; run++) {
        process.run(model, inputs);
        session.runBare(ready);
      }
      for (int pair = 0; pair < pairs; pair++) {
        boolean workerFirst = pair % 2 == 0;
        double first = workerFirst ? time(process, model, inputs) : time(session, ready);
        double second = workerFirst ? time(session, ready) : time(process, model, inputs);
        worker.add(workerFirst ? first : second);
        bare.add(workerFirst ? second : first);
        ratios.add(workerFirst ? first / second : second / first);
      }
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("workerMilliseconds", worker.median());
    figures.put("bareMilliseconds", bare.median());
    figures.put("overheadPercent", 100 * (ratios.median() - 1));
    return figures;
  }

  private static double time(InferenceProcess process, Path model, List<Tensor> inputs)
      throws InferenceException, InterruptedException {
    Thread.sleep(PAUSE_MILLISECONDS);
    long begun = System.nanoTime();
    process.run(model, inputs);
    return milliseconds(System.nanoTime() - begun);
  }

  private static double time(DirectSession session, DirectSession.Inputs ready)
      throws OrtException, InterruptedException {
    Thread.sleep(PAUSE_MILLISECONDS);
    long begun = System.nanoTime();
    session.runBare(ready);
    return milliseconds(System.nanoTime() - begun);
  }

  private static double tinyRunsPerSecond(InferenceProcess process, Path folder)
      throws IOException, InferenceException {
    Path model = Files.write(folder.resolve("line.onnx"), BenchmarkModels.line());
    List<Tensor> inputs = List.of(Tensor.ofFloats(new float[] {1}, 1));
    for (int run = 0; run < TINY_RUNS / 2; run++) {
      process.run(model, inputs);
    }
    long begun = System.nanoTime();
    for (int run = 0; run < TINY_RUNS; run++) {
      process.run(model, inputs);
    }
    return TINY_RUNS * 1e9 / (System.nanoTime() - begun);
  }

  private static Tensor image() {
    Random random = new Random(1);
    float[] pixels = new float[3 * 224 * 224];
    for (int at = 0; at < pixels.length; at++) {
      pixels[at] = random.nextFloat();
    }
    return Tensor.ofFloats(pixels, 1, 3, 224, 224);
  }

  private static double milliseconds(long nanoseconds) {
    return nanoseconds / 1e6;
  }

  private static int number(List<String> options, String name, int standard) {
    int at = options.indexOf(name);
    return at < 0 ? standard : Integer.parseInt(options.get(at + 1));
  }

  private static void print(Map<String, Object> figures, boolean json) throws IOException {
    if (json) {
      System.out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> System.out.println(name + ": " + value));
    }
  }
}
