package ai.opengradient.store.conformance;

import ai.opengradient.store.conformance.CaseResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of the cases.
 *
 * @param results in the order of their names
 */
public record ConformanceReport(List<CaseResult> results) {
  public ConformanceReport {
    results = List.copyOf(results);
  }

  /** Of operators themselves. */
  public Tally operators() {
    return Tally.of(results.stream().filter(result -> !result.isExpanded()).toList());
  }

  /** Of operators' function bodies written out. */
  public Tally functionBodies() {
    return Tally.of(results.stream().filter(CaseResult::isExpanded).toList());
  }

  /**
   * Of operators themselves, by their names; a case counts for each operator in it. Only operators
   * with cases in scope are there.
   */
  public SortedMap<String, Tally> byOperator() {
    SortedMap<String, List<CaseResult>> cases = new TreeMap<>();
    for (CaseResult result : results) {
      if (!result.isExpanded() && !(result.outcome() instanceof Outcome.OutOfScope)) {
        result
            .operators()
            .forEach(
                operator -> cases.computeIfAbsent(operator, _ -> new ArrayList<>()).add(result));
      }
    }
    SortedMap<String, Tally> tallies = new TreeMap<>();
    cases.forEach((operator, list) -> tallies.put(operator, Tally.of(list)));
    return tallies;
  }
}
