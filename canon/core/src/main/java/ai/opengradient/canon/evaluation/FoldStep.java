package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.View;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One element of a FOLD. Its terms can be added in portions, with other leaves opened each time;
 * what they add up to is one and the same.
 *
 * <p>Operands are as many as the node has, in its order, and of the types that it says. Not for use
 * by several threads.
 */
public final class FoldStep {
  /**
   * Bytes of an accumulator before its sum: how many terms it is about, and how many of them are.
   */
  private static final int NUMBERS_LENGTH = 2 * Integer.BYTES;

  private final Node.Fold fold;
  private final Accumulator accumulator;

  /** The coordinates of the element, then those of a run's first term. */
  private final int[] x;

  private final ElementRun runOfA = new ElementRun();
  private final ElementRun runOfB = new ElementRun();

  private int next;
  private int present;

  private FoldStep(Node.Fold fold, int index, Accumulator accumulator) {
    this.fold = fold;
    this.accumulator = accumulator;
    x = new int[fold.space().rank() + fold.terms().rank()];
    fold.space().coordinates(index, x, 0);
  }

  /**
   * The element, without any terms yet.
   *
   * @param index 0 to below the node's count
   */
  public FoldStep(Node.Fold fold, int index) {
    this(
        fold,
        index,
        Accumulator.of(fold.reduction(), fold.factors().getFirst().dataType(), fold.dataType()));
  }

  /**
   * The element of a sum, with the terms that an accumulator has.
   *
   * @param fold a DOT, SUM, MEAN or MEANSQ
   * @param index 0 to below the node's count
   * @throws EvaluationException.MalformedAccumulator if no such fold has it
   * @throws EvaluationException.MalformedSum if it has no sum
   */
  public static FoldStep resumed(Node.Fold fold, int index, byte[] accumulator) {
    if (accumulator.length < NUMBERS_LENGTH) {
      throw new EvaluationException.MalformedAccumulator(accumulator.length + " bytes");
    }
    ByteBuffer numbers = ByteBuffer.wrap(accumulator);
    long next = Integer.toUnsignedLong(numbers.getInt());
    long present = Integer.toUnsignedLong(numbers.getInt());
    byte[] sum = Arrays.copyOfRange(accumulator, NUMBERS_LENGTH, accumulator.length);
    if (next > fold.terms().size() || present > next) {
      throw new EvaluationException.MalformedAccumulator(present + " of " + next + " terms");
    }
    FoldStep step =
        new FoldStep(fold, index, Accumulator.decoded(fold.reduction(), fold.dataType(), sum));
    step.next = (int) next;
    step.present = (int) present;
    return step;
  }

  /**
   * The terms so far, as {@code ICanon.accumulate} gives them out: u32 next ‖ u32 present ‖ the
   * sum. The fold is a DOT, SUM, MEAN or MEANSQ.
   */
  public byte[] encoded() {
    byte[] sum = accumulator.encoded();
    return ByteBuffer.allocate(NUMBERS_LENGTH + sum.length)
        .putInt(next)
        .putInt(present)
        .put(sum)
        .array();
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
   * @throws EvaluationException.MissingLeaf if an operand's element is not opened; then only terms
   *     before it are added
   */
  public void add(List<? extends ElementSource> operands, int until) {
    if (until < next || until > fold.terms().size()) {
      throw new IllegalArgumentException(
          until + " is not among the terms " + next + " to " + fold.terms().size());
    }
    if (until == next) {
      return;
    }
    int length = fold.terms().innermost();
    int begin = next - next % length;
    fold.terms().coordinates(begin, x, fold.space().rank());
    FoldWalk a = walk(operands, 0);
    FoldWalk b = fold.reduction() == Reduction.DOT ? walk(operands, 1) : a;
    while (true) {
      addRun(operands, a, b, begin, Math.min(until - begin, length));
      begin += length;
      next = Math.min(begin, until);
      if (next == until) {
        return;
      }
      int axis = stepOn();
      a.advance(axis);
      if (b != a) {
        b.advance(axis);
      }
    }
  }

  private FoldWalk walk(List<? extends ElementSource> operands, int operand) {
    View view = fold.factors().get(operand).view();
    return new FoldWalk(fold, view, operands.get(operand).count(), x);
  }

  /** Goes to the next run's coordinates; gives the fold axis that steps on. */
  private int stepOn() {
    int axis = fold.terms().rank() - 2;
    int at = fold.space().rank() + axis;
    while (x[at] + 1 == fold.terms().extents().get(axis)) {
      x[at--] = 0;
      axis--;
    }
    x[at]++;
    return axis;
  }

  /** Adds those terms of a run, from the next one on, that are in bounds. */
  private void addRun(
      List<? extends ElementSource> operands, FoldWalk a, FoldWalk b, int begin, int until) {
    if (!a.clip(next - begin, until) || (b != a && !b.clip(a.first(), a.end()))) {
      return;
    }
    Operand first = fold.factors().getFirst();
    Operand last = fold.factors().getLast();
    for (int term = b.first(); term < b.end(); ) {
      int length = operands.getFirst().locate(a.element(term), b.end() - term, runOfA);
      if (b != a) {
        length = operands.get(1).locate(b.element(term), length, runOfB);
      }
      accumulator.addRun(
          begin + term,
          first.dataType(),
          runOfA,
          last.dataType(),
          b == a ? runOfA : runOfB,
          length);
      present += length;
      term += length;
      next = begin + term;
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
      int place = fold.addend().get().view().index(x, operands.getLast().count());
      if (place != View.OUT_OF_BOUNDS) {
        accumulator.addAddend(operands.getLast().element(place));
      }
    }
    return accumulator.result(present);
  }
}
