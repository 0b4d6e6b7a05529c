package ai.opengradient.worker.bench;

import ai.onnxruntime.OrtException;
import ai.opengradient.canon.engine.Engine;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.engine.PreparedProgram;
import ai.opengradient.canon.engine.RunListener;
import ai.opengradient.canon.engine.TraceSink;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.worker.calibration.Deviation;
import ai.opengradient.worker.inference.DirectSession;
import ai.opengradient.worker.inference.OptimisationLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One network in the engine and in ONNX Runtime, in turns. */
final class EngineComparison {
  private static final int PAIRS = 21;
  private static final int LEVEL_RUNS = 15;
  private static final int TRACES = 9;

  /**
   * ONNX Runtime's threads spin for tens of milliseconds after a run, in wait of the next one, on
   * processors that belong to the other side's turn.
   */
  private static final Duration UNTIL_QUIET = Duration.ofMillis(200);

  /** Where outputs are farther apart than this, relative to the greatest, one side is wrong. */
  private static final double FARTHEST = 1e-4;

  private final String name;
  private final Path file;
  private final LoweredModel model;
  private final List<Tensor> inputs;

  /** Of the engine, whatever the number of threads. */
  private @Nullable List<WholeTensor> outputs;

  EngineComparison(String name, Path file) throws IOException {
    this.name = name;
    this.file = file;
    model = BenchedModel.lowered(file);
    inputs = BenchedModel.inputs(model);
  }

  /** Everything, with so many threads on both sides. */
  Map<String, Object> measure(int threads) throws OrtException, InterruptedException, IOException {
    Stopwatch watch = new Stopwatch(threads);
    OptimisationLevel level = fastestLevel(watch);
    try (Engine engine = Engine.withThreads(threads);
        DirectSession session = new DirectSession(file, threads, level);
        DirectSession.Inputs ready = session.inputs(inputs)) {
      PreparedProgram program = engine.prepare(model.program(), model.weights());
      JobTensors job = JobTensors.of(inputs.stream().map(WholeTensor::of).toList());
      requireAgreement(program.run(job, RunListener.NONE), session.run(inputs));

      watch.warmUp(() -> program.run(job, RunListener.NONE));
      watch.warmUp(() -> session.runBare(ready));
      NodeProfile profile = new NodeProfile(model.program(), watch);
      Samples engineTimes = new Samples();
      Samples bareTimes = new Samples();
      for (int pair = 0; pair < PAIRS; pair++) {
        Thread.sleep(UNTIL_QUIET);
        engineTimes.add(
            watch.milliseconds(() -> {
              profile.begin();
              program.run(job, profile);
            }));
        Thread.sleep(UNTIL_QUIET);
        bareTimes.add(watch.milliseconds(() -> session.runBare(ready)));
      }

      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("name", name);
      figures.put("threads", threads);
      figures.put("engineMilliseconds", engineTimes.median());
      figures.put("onnxRuntimeMilliseconds", bareTimes.median());
      figures.put("ratio", engineTimes.median() / bareTimes.median());
      figures.put("leastEngineMilliseconds", engineTimes.least());
      figures.put("leastOnnxRuntimeMilliseconds", bareTimes.least());
      figures.put("leastRatio", engineTimes.least() / bareTimes.least());
      figures.put("onnxRuntimeLevel", level);
      figures.putAll(profile.tierShares());
      figures.put("timeShares", profile.timeShares());
      figures.put("tensorBytes", PreparedProgram.memory(model.program()));
      figures.putAll(trace(program, job, watch));
      System.out.println(figures);
      System.out.println(profile);
      return figures;
    }
  }

  private OptimisationLevel fastestLevel(Stopwatch watch)
      throws OrtException, InterruptedException, IOException {
    Map<OptimisationLevel, Double> times = new EnumMap<>(OptimisationLevel.class);
    for (OptimisationLevel level : OptimisationLevel.values()) {
      try (DirectSession session = new DirectSession(file, watch.threads(), level);
          DirectSession.Inputs ready = session.inputs(inputs)) {
        Samples samples = new Samples();
        for (int run = 0; run < LEVEL_RUNS; run++) {
          samples.add(watch.milliseconds(() -> session.runBare(ready)));
        }
        times.put(level, samples.least());
      }
    }
    return times.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private void requireAgreement(List<WholeTensor> ours, List<Tensor> theirs) {
    if (outputs == null) {
      outputs = ours;
    }
    for (int output = 0; output < ours.size(); output++) {
      WholeTensor tensor = ours.get(output);
      if (!tensor.data().equals(outputs.get(output).data())) {
        throw new IllegalStateException(name + ": the bits depend on the number of threads");
      }
      Tensor other = theirs.get(output);
      double farthest = Deviation.of(other, new Tensor(other.type(), tensor.data())).greatest();
      if (!(farthest < FARTHEST)) {
        throw new IllegalStateException(
            name + ": output " + output + " is " + farthest + " from ONNX Runtime's");
      }
    }
  }

  /** What it costs to commit to every node, with the tensors kept in a file and without. */
  private Map<String, Object> trace(PreparedProgram program, JobTensors job, Stopwatch watch)
      throws OrtException, InterruptedException, IOException {
    Path trace = file.resolveSibling(name + ".trace");
    Stopwatch.Work bare = () -> program.run(job, RunListener.NONE);
    Stopwatch.Work committing = () -> program.trace(job, TraceSink.NONE, RunListener.NONE);
    Stopwatch.Work writing = () -> program.runTraced(job, trace, RunListener.NONE);
    watch.warmUp(committing);
    Samples untraced = new Samples();
    Samples committed = new Samples();
    Samples written = new Samples();
    for (int run = 0; run < TRACES; run++) {
      untraced.add(watch.milliseconds(bare));
      committed.add(watch.milliseconds(committing));
      written.add(watch.milliseconds(writing));
    }
    long bytes = Files.size(trace);
    Files.delete(trace);
    // The least of each: of a small difference, what else the machine does would be most.
    double seconds = (committed.least() - untraced.least()) / 1e3;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("traceBytes", bytes);
    figures.put("tracedMilliseconds", committed.median());
    figures.put("tracedToFileMilliseconds", written.median());
    figures.put("committedGigabytesPerSecondAndThread", bytes / 1e9 / seconds / watch.threads());
    return figures;
  }
}
