package ai.opengradient.store.conformance;

import ai.opengradient.store.conformance.CaseResult.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What came of the cases.
 *
 * @param results in the order of their names
 */
public record ConformanceReport(List<CaseResult> results) {
  /** What is counted. */
  private enum Kind {
    PASSED,
    BOUND,
    REFUSED,
    FAILED
  }

  public ConformanceReport {
    results = List.copyOf(results);
  }

  /** Of operators themselves, in scope. */
  public List<CaseResult> ofOperators() {
    return inScope(result -> !result.isExpanded());
  }

  /** Of function bodies written out, in scope. */
  public List<CaseResult> ofFunctionBodies() {
    return inScope(CaseResult::isExpanded);
  }

  private List<CaseResult> inScope(Predicate<CaseResult> wanted) {
    return results.stream()
        .filter(result -> !(result.outcome() instanceof Outcome.OutOfScope))
        .filter(wanted)
        .toList();
  }

  /**
   * One line of totals, and then one an operator: passed, of these with bound inputs, refused,
   * failed.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "operators", counts(ofOperators()));
    line(text, "function bodies", counts(ofFunctionBodies()));
    byOperator().forEach((operator, counts) -> line(text, operator, counts));
    return text.toString();
  }

  private static void line(StringBuilder text, String what, Map<Kind, Integer> counts) {
    text.append(String.format("%-28s", what));
    counts.forEach((kind, count) ->
        text.append(
            String.format(" %5d %s", count, kind.name().toLowerCase(java.util.Locale.ROOT))));
    text.append('\n');
  }

  private Map<String, Map<Kind, Integer>> byOperator() {
    Map<String, Map<Kind, Integer>> counts = new TreeMap<>();
    for (CaseResult result : ofOperators()) {
      for (String operator : result.operators()) {
        count(counts.computeIfAbsent(operator, _ -> none()), result);
      }
    }
    return counts;
  }

  private static Map<Kind, Integer> counts(List<CaseResult> results) {
    Map<Kind, Integer> counts = none();
    results.forEach(result -> count(counts, result));
    return counts;
  }

  private static Map<Kind, Integer> none() {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(kind, 0);
    }
    return counts;
  }

  private static void count(Map<Kind, Integer> counts, CaseResult result) {
    switch (result.outcome()) {
      case Outcome.Passed passed -> {
        counts.merge(Kind.PASSED, 1, Integer::sum);
        counts.merge(Kind.BOUND, passed.bound().isEmpty() ? 0 : 1, Integer::sum);
      }
      case Outcome.Failed failed -> counts.merge(Kind.FAILED, 1, Integer::sum);
      case Outcome.Refused refused -> counts.merge(Kind.REFUSED, 1, Integer::sum);
      case Outcome.OutOfScope out -> {}
    }
  }
}
