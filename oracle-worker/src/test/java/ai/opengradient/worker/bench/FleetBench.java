package ai.opengradient.worker.bench;

import static ai.opengradient.examples.OnnxGraph.integers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.examples.OnnxGraph;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.journal.FleetDatabase;
import ai.opengradient.worker.journal.Lease;
import ai.opengradient.worker.journal.TakenTask;
import ai.opengradient.worker.journal.Task;
import ai.opengradient.worker.journal.TaskEnding;
import ai.opengradient.worker.journal.TaskOffers;
import ai.opengradient.worker.journal.TaskQueue;
import ai.opengradient.worker.testing.KilledProcess;
import ai.opengradient.worker.testing.KilledProcess.Program;
import ai.opengradient.worker.testing.PostgresServer;
import ai.opengradient.worker.testing.WorkerStage;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/**
 * Claims a second of one machine, with its journal in SQLite, and of a coordinator with executors,
 * in turns on chains of their own; and how many tasks a second the database gives away and takes
 * back. Prints a line of JSON. Arguments: executors, jobs.
 */
public final class FleetBench {
  private static final int ACCOUNT = 1;
  private static final int WIDTH = 256;
  private static final int LAYERS = 200;
  private static final int TASKS = 2_000;

  /** Each block, and there is one for each transaction, takes a second of a job's chain time. */
  private static final int OUTSTANDING = 10;

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path folder;
  private final int executors;
  private final int jobs;

  private FleetBench(Path folder, int executors, int jobs) {
    this.folder = folder;
    this.executors = executors;
    this.jobs = jobs;
  }

  public static void main(String[] arguments) throws Exception {
    FleetBench bench =
        new FleetBench(
            Files.createTempDirectory("fleet"),
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("executors", bench.executors);
    figures.put("processors", Runtime.getRuntime().availableProcessors());
    figures.put("jobs", bench.jobs);
    figures.put("gigaOperations", 2.0 * WIDTH * WIDTH * WIDTH * LAYERS / 1e9);
    figures.put("alone", bench.alone());
    figures.put("fleet", bench.fleet());
    figures.put("tasksPerSecond", bench.tasksPerSecond());
    System.out.println(new ObjectMapper().writeValueAsString(Map.of("fleet", figures)));
    System.exit(0);
  }

  /** Claims a second, of a light and of a heavy model. */
  private record Rates(double light, double heavy) {}

  private Rates alone() throws IOException {
    try (WorkerStage stage = stage("alone")) {
      try (KilledProcess worker =
          new KilledProcess(
              Program.WORKER, withoutLimit(stage.configure(ACCOUNT, 1, 3)), List.of())) {
        until(worker::isUp);
        return rates(stage);
      }
    }
  }

  private Rates fleet() throws IOException {
    String journal = PostgresServer.database();
    List<KilledProcess> processes = new ArrayList<>();
    try (WorkerStage stage = stage("fleet")) {
      processes.add(
          new KilledProcess(
              Program.COORDINATOR,
              withoutLimit(stage.configureCoordinator("coordinator", ACCOUNT, journal, 1, 3)),
              List.of()));
      for (int executor = 1; executor <= executors; executor++) {
        processes.add(
            new KilledProcess(
                Program.EXECUTOR,
                stage.configureExecutor("executor" + executor, journal),
                List.of()));
      }
      until(() -> processes.stream().allMatch(KilledProcess::isUp));
      return rates(stage);
    } finally {
      processes.forEach(KilledProcess::close);
    }
  }

  private WorkerStage stage(String name) throws IOException {
    Path home = Files.createDirectory(folder.resolve(name));
    WorkerStage stage = new WorkerStage(home);
    stage.publish("heavy", Files.write(home.resolve("heavy.onnx"), heavy()));
    stage.join(ACCOUNT);
    stage.mineMany(10, 1);
    stage.mineEverySecond();
    return stage;
  }

  /** One number through many products of matrices. */
  private static byte[] heavy() {
    Random random = new Random(20261128);
    float[] values = new float[WIDTH * WIDTH];
    for (int index = 0; index < values.length; index++) {
      values[index] = (random.nextFloat() * 2 - 1) / 8;
    }
    OnnxGraph graph = new OnnxGraph("heavy");
    String x = graph.input("x", DataType.FLOAT, 1);
    String weights = graph.weights("weights", values, WIDTH, WIDTH);
    String shape = graph.integers64("shape", new long[] {WIDTH, WIDTH}, 2);
    String last = graph.node("wide", "Expand", List.of(x, shape));
    for (int layer = 1; layer <= LAYERS; layer++) {
      String product = graph.node("product" + layer, "MatMul", List.of(last, weights));
      last = graph.node("layer" + layer, "Tanh", List.of(product));
    }
    graph.node("y", "ReduceMean", List.of(last), integers("axes", 0, 1));
    graph.output("y", DataType.FLOAT, 1, 1);
    return graph.toBytes();
  }

  private static Path withoutLimit(Path configuration) throws IOException {
    return Files.writeString(configuration, "policy.queue-limit=1000\n", StandardOpenOption.APPEND);
  }

  private Rates rates(WorkerStage stage) {
    claimsPerSecond(stage, 1, executors);
    double light = claimsPerSecond(stage, 1, jobs);
    claimsPerSecond(stage, 3, 2 * executors);
    return new Rates(light, claimsPerSecond(stage, 3, jobs));
  }

  private static double claimsPerSecond(WorkerStage stage, int version, int jobs) {
    MarketReader market = new MarketReader(stage.client(), stage.deployment());
    long before = stage.client().newestBlock().number();
    long begun = System.nanoTime();
    for (int job = 0; job < jobs; job++) {
      int least = job - OUTSTANDING;
      until(() -> claims(stage, market, before) >= least);
      stage.request(version, job / 64f);
    }
    until(() -> claims(stage, market, before) == jobs);
    return jobs * 1e9 / (System.nanoTime() - begun);
  }

  private static int claims(WorkerStage stage, MarketReader market, long before) {
    return market.claims(before + 1, stage.client().newestBlock().number()).size();
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  private double tasksPerSecond() throws Exception {
    Set<Long> wanted = LongStream.rangeClosed(1, TASKS).boxed().collect(Collectors.toSet());
    try (FleetDatabase database =
            FleetDatabase.connect(
                PostgresServer.database(), Optional.empty(), Duration.ofMinutes(5));
        Lease lease = database.take("bench").orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(executors)) {
      TaskOffers offers = new TaskOffers(lease);
      Tensor tensor = Tensor.ofFloats(new float[] {1}, 1);
      wanted.forEach(job -> offers.offer(new Task(job, 1, 0, List.of(tensor))));
      long begun = System.nanoTime();
      List<Future<Integer>> runs = new ArrayList<>();
      for (int executor = 0; executor < executors; executor++) {
        TaskQueue queue = database.tasks("executor " + executor);
        runs.add(threads.submit(() -> runAll(queue, tensor)));
      }
      int run = 0;
      for (Future<Integer> some : runs) {
        run += some.get();
      }
      double rate = TASKS * 1e9 / (System.nanoTime() - begun);
      if (run != TASKS || offers.collect(wanted).size() != TASKS) {
        throw new IllegalStateException(run + " tasks were run, of " + TASKS);
      }
      return rate;
    }
  }

  private static int runAll(TaskQueue queue, Tensor answer) {
    int run = 0;
    for (Optional<TakenTask> taken = queue.take(); taken.isPresent(); taken = queue.take()) {
      if (queue.finish(taken.get(), new TaskEnding.Answered(List.of(answer), "none"))) {
        run++;
      }
    }
    return run;
  }
}
