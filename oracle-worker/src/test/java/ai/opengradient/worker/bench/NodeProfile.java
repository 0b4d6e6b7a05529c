package ai.opengradient.worker.bench;

import ai.opengradient.canon.engine.RunListener;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.engine.step.Tier;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Program;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where the time of runs goes, and what decided roundings. */
final class NodeProfile implements RunListener {
  private static final int SHOWN = 12;

  private final Program program;
  private final Stopwatch watch;
  private final Map<Algorithm, Double> byAlgorithm = new TreeMap<>();

  /** By kind of node, with its space. */
  private final Map<String, Double> byKind = new TreeMap<>();

  private final Tally sums = new Tally();
  private double total;
  private long before;

  NodeProfile(Program program, Stopwatch watch) {
    this.program = program;
    this.watch = watch;
  }

  /** A run begins. */
  void begin() {
    before = watch.nanoseconds();
  }

  @Override
  public void computed(int node, Algorithm algorithm, Tally tally) {
    long now = watch.nanoseconds();
    double time = now - before;
    before = now;
    total += time;
    byAlgorithm.merge(algorithm, time, Double::sum);
    switch (program.nodes().get(node)) {
      case Node.Fold fold -> {
        sums.add(tally);
        String spaces = fold.space().extents() + " over " + fold.terms().extents();
        add(fold.reduction() + " " + spaces, algorithm, time);
      }
      case Node.Map map ->
          add(names(map.expression()) + " " + map.space().extents(), algorithm, time);
      case Node other -> add(other.getClass().getSimpleName(), algorithm, time);
    }
  }

  private static List<String> names(Expression expression) {
    return expression.primitives().stream()
        .map(primitive ->
            switch (primitive) {
              case Primitive.Apply apply -> apply.operation().name();
              case Primitive.Function function -> function.function().name();
              case Primitive other -> other.getClass().getSimpleName();
            })
        .toList();
  }

  private void add(String kind, Algorithm algorithm, double time) {
    byKind.merge(algorithm + " " + kind, time, Double::sum);
  }

  /** The shares of the sums that the fast bound did not decide. */
  Map<String, Object> tierShares() {
    double all = 0;
    for (Tier tier : Tier.values()) {
      all += sums.count(tier);
    }
    Map<String, Object> shares = new LinkedHashMap<>();
    shares.put("compensatedShare", sums.count(Tier.COMPENSATED) / all);
    shares.put("exactShare", sums.count(Tier.EXACT) / all);
    return shares;
  }

  /** By algorithm. */
  Map<Algorithm, Double> timeShares() {
    Map<Algorithm, Double> shares = new TreeMap<>();
    byAlgorithm.forEach((algorithm, time) -> shares.put(algorithm, time / total));
    return shares;
  }

  /** The kinds of nodes that take most of the time, with their shares. */
  @Override
  public String toString() {
    return byKind.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .map(kind -> "%6.2f %%  %s".formatted(100 * kind.getValue() / total, kind.getKey()))
        .collect(Collectors.joining("\n"));
  }
}
