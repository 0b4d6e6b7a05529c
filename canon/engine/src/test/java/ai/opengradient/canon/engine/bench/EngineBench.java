package ai.opengradient.canon.engine.bench;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT8;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.engine.Engine;
import ai.opengradient.canon.engine.PreparedProgram;
import ai.opengradient.canon.engine.RunListener;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.engine.step.Tier;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.DoubleVector;

/**
 * Measures what the engine takes for single nodes, with one thread and with so many as there are
 * processors, and prints, after a table, one line of JSON. Operands are at hand already. Both the
 * median and the least time are given: on a machine that has other work to do, only the least says
 * something of the engine. Takes the part of a name as an argument, to measure only what has it.
 */
public final class EngineBench {
  private static final int REPEATED = 31;

  /** For the compiler, which takes its time with vectors. */
  private static final int WARM_UP = 60;

  private static final double WARM_UP_NANOSECONDS = 3e9;

  private EngineBench() {}

  public static void main(String[] arguments) throws InterruptedException, JsonProcessingException {
    List<Workload> workloads = new ArrayList<>();
    workloads.add(Workload.product(FLOAT32, 768, 3072, 768));
    workloads.add(Workload.product(FLOAT32, 128, 768, 768));
    workloads.add(Workload.product(FLOAT32, 1, 1000, 2048));
    workloads.add(Workload.convolution(14, 3, 256));
    workloads.add(Workload.convolution(28, 3, 256));
    workloads.add(Workload.convolution(56, 1, 64));
    workloads.add(Workload.depthwise(56, 3, 64));
    workloads.add(Workload.product(INT8, 768, 3072, 768));
    for (UnaryFunction function : UnaryFunction.values()) {
      workloads.add(Workload.function(function, 1 << 18));
    }
    int processors = Runtime.getRuntime().availableProcessors();
    List<Map<String, Object>> figures = new ArrayList<>();
    System.out.printf("%d lanes of binary64%n", DoubleVector.SPECIES_PREFERRED.length());
    for (int threads : processors == 1 ? new int[] {1} : new int[] {1, processors}) {
      try (Engine engine = Engine.withThreads(threads)) {
        for (Workload workload : workloads) {
          if (arguments.length == 0 || workload.name().contains(arguments[0])) {
            figures.add(measure(engine, threads, workload));
          }
        }
      }
    }
    System.out.println(new ObjectMapper().writeValueAsString(Map.of("engine", figures)));
  }

  private static Map<String, Object> measure(Engine engine, int threads, Workload workload)
      throws InterruptedException {
    PreparedProgram prepared = engine.prepare(workload.program(), workload.weights());
    Tally tally = new Tally();
    NodeTimes times = new NodeTimes();
    long start = System.nanoTime();
    for (int run = 0; run < WARM_UP || System.nanoTime() - start < WARM_UP_NANOSECONDS; run++) {
      prepared.run(workload.job(), RunListener.NONE);
    }
    double[] nanoseconds = new double[REPEATED];
    for (int at = 0; at < REPEATED; at++) {
      prepared.run(
          workload.job(),
          (node, algorithm, counts) -> {
            times.computed();
            tally.add(counts);
          });
      nanoseconds[at] = times.last();
    }
    Arrays.sort(nanoseconds);
    double median = nanoseconds[REPEATED / 2];
    double least = nanoseconds[0];
    double elements = workload.program().nodes().getLast().count();
    double closely = tally.count(Tier.COMPENSATED) / elements / REPEATED;
    double exactly = tally.count(Tier.EXACT) / elements / REPEATED;
    System.out.printf(
        "%-36s %d threads, ns: least %,13.0f, median %,13.0f; operations/ns: %7.2f; %.1e compensated, %.1e exact%n",
        workload.name(), threads, least, median, workload.operations() / least, closely, exactly);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("name", workload.name());
    figures.put("threads", threads);
    figures.put("nanoseconds", least);
    figures.put("medianNanoseconds", median);
    figures.put("gigaoperationsPerSecond", workload.operations() / least);
    figures.put("compensatedShare", closely);
    figures.put("exactShare", exactly);
    return figures;
  }

  /** Times from one node to the next. */
  private static final class NodeTimes {
    private long before;
    private long last;

    void computed() {
      long now = System.nanoTime();
      last = now - before;
      before = now;
    }

    long last() {
      return last;
    }
  }
}
