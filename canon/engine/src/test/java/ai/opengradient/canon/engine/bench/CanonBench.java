package ai.opengradient.canon.engine.bench;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.commitment.TensorTree;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.incubator.vector.LongVector;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks of arithmetic and commitments on one core and prints, after JMH's own report,
 * one line of JSON. Quote the ratio to Bouncy Castle, which is of one run, not the absolute
 * figures. Takes no arguments and two minutes or so; needs {@code --add-modules
 * jdk.incubator.vector}.
 */
public final class CanonBench {
  private final Collection<RunResult> results;

  private CanonBench(Collection<RunResult> results) {
    this.results = results;
  }

  public static void main(String[] arguments) throws RunnerException, JsonProcessingException {
    OptionsBuilder options = new OptionsBuilder();
    options.include(ArithmeticBenchmark.class.getName() + "\\.");
    options.include(TensorTreeBenchmark.class.getName() + "\\.");
    CanonBench bench = new CanonBench(new Runner(options.build()).run());
    System.out.println(new ObjectMapper().writeValueAsString(bench.figures()));
  }

  private Map<String, Object> figures() {
    double lanewise = nanoseconds("lanewise", "");
    double core = nanoseconds("core", "");
    double bouncyCastle = nanoseconds("bouncyCastle", "");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("nanosecondsPerDotTerm", nanoseconds("dot", ""));
    for (UnaryFunction function : UnaryFunction.values()) {
      String name = function.name().charAt(0) + function.label().substring(1);
      figures.put("nanosecondsPer" + name, nanoseconds("function", function.name()));
    }
    figures.put("lanes", LongVector.SPECIES_PREFERRED.length());
    figures.put("nanosecondsPerLeaf", perLeaf(lanewise));
    figures.put("coreNanosecondsPerLeaf", perLeaf(core));
    figures.put("bouncyCastleNanosecondsPerLeaf", perLeaf(bouncyCastle));
    figures.put("keccakGigabytesPerSecond", TensorTreeBenchmark.BYTES / lanewise);
    figures.put("coreGigabytesPerSecond", TensorTreeBenchmark.BYTES / core);
    figures.put("bouncyCastleGigabytesPerSecond", TensorTreeBenchmark.BYTES / bouncyCastle);
    figures.put("keccakOverBouncyCastle", bouncyCastle / lanewise);
    return figures;
  }

  /** The median of a benchmark with these parameters, none where it has none. */
  private double nanoseconds(String benchmark, String function) {
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
        .filter(result ->
            function.isEmpty() || result.getParams().getParam("function").equals(function))
        .findFirst()
        .orElseThrow()
        .getPrimaryResult()
        .getStatistics()
        .getPercentile(50);
  }

  private static double perLeaf(double nanoseconds) {
    return nanoseconds / TensorTree.leafCount(TensorTreeBenchmark.BYTES);
  }
}
