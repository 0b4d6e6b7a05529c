package ai.opengradient.canon.engine.bench;

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
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link TensorTreeBenchmark} and prints, after JMH's own report, one line of JSON: gigabytes
 * a second and nanoseconds a leaf of the three trees, and how many times as fast as Bouncy Castle
 * the lanes are. Quote the ratio, which is of one run, not the absolute figures. Takes no arguments
 * and half a minute on one core; needs {@code --add-modules jdk.incubator.vector}.
 */
public final class CommitmentBench {
  private CommitmentBench() {}

  public static void main(String[] arguments) throws RunnerException, JsonProcessingException {
    Options options =
        new OptionsBuilder().include(TensorTreeBenchmark.class.getName() + "\\.").build();
    Collection<RunResult> results = new Runner(options).run();
    double lanewise = median(results, "lanewise");
    double core = median(results, "core");
    double bouncyCastle = median(results, "bouncyCastle");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("lanes", LongVector.SPECIES_PREFERRED.length());
    figures.put("keccakGigabytesPerSecond", TensorTreeBenchmark.BYTES / lanewise);
    figures.put("coreGigabytesPerSecond", TensorTreeBenchmark.BYTES / core);
    figures.put("bouncyCastleGigabytesPerSecond", TensorTreeBenchmark.BYTES / bouncyCastle);
    figures.put("keccakOverBouncyCastle", bouncyCastle / lanewise);
    figures.put("nanosecondsPerLeaf", perLeaf(lanewise));
    figures.put("coreNanosecondsPerLeaf", perLeaf(core));
    figures.put("bouncyCastleNanosecondsPerLeaf", perLeaf(bouncyCastle));
    System.out.println(new ObjectMapper().writeValueAsString(figures));
  }

  private static double median(Collection<RunResult> results, String benchmark) {
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
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
