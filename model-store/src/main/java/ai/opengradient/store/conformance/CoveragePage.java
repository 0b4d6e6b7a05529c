package ai.opengradient.store.conformance;

import ai.opengradient.store.conformance.CaseResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A report as the page {@code docs/onnx-coverage.md}. */
public final class CoveragePage {
  private final ConformanceReport report;
  private final StringBuilder page = new StringBuilder();

  private CoveragePage(ConformanceReport report) {
    this.report = report;
  }

  /** The page's text, in Markdown. */
  public static String of(ConformanceReport report) {
    return new CoveragePage(report).text();
  }

  private String text() {
    line(
        """
        # Which of ONNX can be judged

        Generated from the conformance report; not to be edited by hand. ONNX publishes a test case for each meaning of each
        operator: a model, inputs and the outputs that it expects. A case is in scope if all its inputs and outputs are tensors of
        float32, int64, int32, int8, uint8 or bool. A case with *bound* inputs passes with inputs like a shape or a list of axes as
        constants, since they decide what the program is. Of an output without elements the shape is all that is compared. [lowering.md](lowering.md) tells how operators are lowered.

        |  | in scope | passed | of these bound | refused | failed |
        |---|---|---|---|---|---|\
        """);
    row("operators", report.operators());
    row("function bodies written out", report.functionBodies());
    line(
        """

        ## By operator

        A case counts for each operator in its model.

        | operator | in scope | passed | of these bound | refused | failed |
        |---|---|---|---|---|---|\
        """);
    report.byOperator().forEach(this::row);
    refusals();
    return page.toString();
  }

  private void refusals() {
    line("\n## Refused, and why\n");
    SortedMap<String, List<String>> cases = new TreeMap<>();
    for (CaseResult result : report.results()) {
      if (result.outcome() instanceof Outcome.Refused refused) {
        cases.computeIfAbsent(refused.why(), _ -> new ArrayList<>()).add(result.name());
      }
    }
    cases.forEach((why, names) -> line("- " + why + ": `" + String.join("` `", names) + "`"));
  }

  private void row(String what, Tally tally) {
    line(
        "| %s | %d | %d | %d | %d | %d |"
            .formatted(
                what,
                tally.inScope(),
                tally.passed(),
                tally.bound(),
                tally.refused(),
                tally.failed()));
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
