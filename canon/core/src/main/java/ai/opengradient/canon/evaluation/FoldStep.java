package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.View;
import java.util.List;

/**
 * One element of a FOLD. Its terms can be added in runs, with other leaves opened each time; what
 * they add up to is one and the same.
 *
 * <p>Operands are as many as the node has, in its order, and of the types that it says.
 */
public final class FoldStep {
  private final Node.Fold fold;
  private final Accumulator accumulator;

  /** The coordinates of the element, then those of the term. */
  private final int[] x;

  private int next;

  /**
   * The element, without any terms yet.
   *
   * @param index 0 to below the node's count
   */
  public FoldStep(Node.Fold fold, int index) {
    this.fold = fold;
    accumulator =
        Accumulator.of(fold.reduction(), fold.factors().getFirst().dataType(), fold.dataType());
    x = new int[fold.space().rank() + fold.terms().rank()];
    fold.space().coordinates(index, x, 0);
  }

  /** The row-major number, in the fold space, of the first term that was not added yet. */
  public int next() {
    return next;
  }

  /** Leaves the terms before one out, where only the reading of the others matters. */
  void skip(int until) {
    next = until;
  }

  /**
   * Adds the terms up to one.
   *
   * @param until the row-major number of the first term that is not added
   * @throws IllegalArgumentException if it was added before, or there are not as many
   * @throws EvaluationException.MissingLeaf if an operand's element is not opened; then only the
   *     terms before it are added
   */
  public void add(List<? extends ElementSource> operands, int until) {
    if (until < next || until > fold.terms().size()) {
      throw new IllegalArgumentException(
          until + " is not among the terms " + next + " to " + fold.terms().size());
    }
    boolean isDot = fold.reduction() == Reduction.DOT;
    for (; next < until; next++) {
      fold.terms().coordinates(next, x, fold.space().rank());
      int first = place(operands, 0, fold.factors().getFirst().view());
      int second = isDot ? place(operands, 1, fold.factors().getLast().view()) : first;
      if (first != View.OUT_OF_BOUNDS && second != View.OUT_OF_BOUNDS) {
        long a = operands.getFirst().element(first);
        accumulator.add(next, a, isDot ? operands.get(1).element(second) : a);
      }
    }
  }

  /**
   * The element in canonical form, with the terms that are left and DOT's c. Nothing can be added
   * after it.
   *
   * @throws EvaluationException.MissingLeaf if an operand's element is not opened
   */
  public long element(List<? extends ElementSource> operands) {
    add(operands, fold.terms().size());
    if (fold.addend().isPresent()) {
      int place = place(operands, operands.size() - 1, fold.addend().get().view());
      if (place != View.OUT_OF_BOUNDS) {
        accumulator.addAddend(operands.getLast().element(place));
      }
    }
    return accumulator.result();
  }

  private int place(List<? extends ElementSource> operands, int operand, View view) {
    return view.index(x, operands.get(operand).count());
  }
}
