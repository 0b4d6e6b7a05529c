package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.program.Node;
import java.util.List;

/** A fold element by element. */
final class RowFold implements Step {
  /** Terms of a task, or a little more. */
  private static final long TASK = 1 << 18;

  private final Node.Fold fold;
  private final List<Terms> terms;
  private final Addends addends;
  private final int taskElements;

  /**
   * A fold's.
   *
   * @param terms of its factors
   */
  RowFold(Node.Fold fold, List<Terms> terms, Addends addends) {
    this.fold = fold;
    this.terms = terms;
    this.addends = addends;
    taskElements = (int) Math.max(1, TASK / terms.getFirst().count());
  }

  @Override
  public Algorithm algorithm() {
    return Algorithm.ROWS;
  }

  @Override
  public void run(List<Elements> operands, Elements result, Crew crew, Tally tally)
      throws InterruptedException {
    crew.share(
        result.count(),
        taskElements,
        (first, count, workspace) -> run(operands, result, first, count, workspace, tally));
  }

  private void run(
      List<Elements> operands,
      Elements result,
      int first,
      int count,
      Workspace workspace,
      Tally tally)
      throws InterruptedException {
    ElementFold elements = ElementFold.of(fold, terms, addends, operands, workspace);
    Tally counts = new Tally();
    int[] x = terms.getFirst().newCoordinates();
    long[] computed = new long[count];
    for (int at = 0; at < count; at++) {
      workspace.requireUninterrupted();
      fold.space().coordinates(first + at, x, 0);
      computed[at] = elements.element(x, counts);
    }
    result.write(computed, count, first);
    tally.add(counts);
  }
}
