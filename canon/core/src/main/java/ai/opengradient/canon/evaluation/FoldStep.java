package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.View;
import java.util.List;

/** One element of a FOLD. */
final class FoldStep {
  private final Node.Fold fold;
  private final List<? extends ElementSource> operands;

  /** The coordinates of the element, then those of the term. */
  private final int[] x;

  private FoldStep(Node.Fold fold, List<? extends ElementSource> operands, int index) {
    this.fold = fold;
    this.operands = operands;
    x = new int[fold.space().rank() + fold.terms().rank()];
    fold.space().coordinates(index, x, 0);
  }

  static long element(Node.Fold fold, List<? extends ElementSource> operands, int index) {
    return new FoldStep(fold, operands, index).element();
  }

  private long element() {
    Accumulator accumulator =
        Accumulator.of(fold.reduction(), fold.factors().getFirst().dataType(), fold.dataType());
    if (fold.addend().isPresent()) {
      int place = place(operands.size() - 1, fold.addend().get().view());
      if (place != View.OUT_OF_BOUNDS) {
        accumulator.addAddend(operands.getLast().element(place));
      }
    }
    boolean isDot = fold.reduction() == Reduction.DOT;
    for (int term = 0; term < fold.terms().size(); term++) {
      fold.terms().coordinates(term, x, fold.space().rank());
      int first = place(0, fold.factors().getFirst().view());
      int second = isDot ? place(1, fold.factors().getLast().view()) : first;
      if (first != View.OUT_OF_BOUNDS && second != View.OUT_OF_BOUNDS) {
        long a = operands.getFirst().element(first);
        accumulator.add(term, a, isDot ? operands.get(1).element(second) : a);
      }
    }
    return accumulator.result();
  }

  private int place(int operand, View view) {
    return view.index(x, operands.get(operand).count());
  }
}
