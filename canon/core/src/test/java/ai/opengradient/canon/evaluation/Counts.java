package ai.opengradient.canon.evaluation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How many cases there were, by what was computed, by its operands, and by what came out. */
final class Counts {
  private final Map<String, Map<String, Map<String, Integer>>> counts = new TreeMap<>();
  private long cases;

  void add(String operation, String operands, String outcome) {
    cases++;
    counts
        .computeIfAbsent(operation, name -> new TreeMap<>())
        .computeIfAbsent(operands, name -> new TreeMap<>())
        .merge(outcome, 1, Integer::sum);
  }

  long cases() {
    return cases;
  }

  Set<String> outcomesOf(String operation) {
    return counts.getOrDefault(operation, Map.of()).values().stream()
        .flatMap(outcomes -> outcomes.keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A line for each operation and class of operands. */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    counts.forEach((operation, byOperands) ->
        byOperands.forEach((operands, outcomes) ->
            lines.append("  %-8s%-14s%s%n".formatted(operation, operands, outcomes))));
    return lines.toString();
  }
}
