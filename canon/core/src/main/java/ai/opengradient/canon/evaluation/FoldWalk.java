package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.View;
import java.util.List;

/**
 * Where an operand of a fold stands, as one run of contiguous terms follows another: a run is what
 * the innermost fold axis goes through while the others rest. On each axis of the view, the map
 * divides a numerator that is linear in the coordinates; so going on to the next run adds the same
 * to it whenever the same fold axis steps on, and all axes inside of that one begin anew.
 *
 * <p>Source: section 7 of {@code docs/canon.md}. Numerators are below 2^62 + 2^48, so that nothing
 * here overflows. Not for use by several threads.
 */
final class FoldWalk {
  private final int count;
  private final int[] extents;
  private final int[] divisors;

  /** By view axis, as the run begins. */
  private final long[] numerators;

  /** By fold axis that steps on, by view axis. */
  private final long[][] moves;

  private long index;
  private int first;
  private int end;

  /**
   * Before the run that begins at x.
   *
   * @param count elements of the operand's tensor
   * @param x the coordinates of the element, then those of the run's first term
   */
  FoldWalk(Node.Fold fold, View view, int count, int[] x) {
    this.count = count;
    int rank = view.axes().size();
    int inner = fold.terms().rank() - 1;
    extents = new int[rank];
    divisors = new int[rank];
    numerators = new long[rank];
    moves = new long[inner][rank];
    for (int number = 0; number < rank; number++) {
      View.Axis axis = view.axes().get(number);
      extents[number] = axis.extent();
      divisors[number] = axis.divisor();
      numerators[number] = axis.offset();
      for (View.Term term : axis.terms()) {
        numerators[number] += (long) term.coefficient() * x[term.axis()];
        int foldAxis = term.axis() - fold.space().rank();
        if (foldAxis >= 0 && foldAxis < inner) {
          move(number, foldAxis, term.coefficient(), fold.terms().extents());
        }
      }
    }
  }

  private void move(int number, int foldAxis, long coefficient, List<Integer> terms) {
    moves[foldAxis][number] += coefficient;
    for (int outer = 0; outer < foldAxis; outer++) {
      moves[outer][number] -= coefficient * (terms.get(foldAxis) - 1);
    }
  }

  /** Goes on to the next run, for which this fold axis steps on. */
  void advance(int foldAxis) {
    long[] move = moves[foldAxis];
    for (int number = 0; number < numerators.length; number++) {
      numerators[number] += move[number];
    }
  }

  /**
   * Finds those terms of the run that are in bounds.
   *
   * @param from the first term of the run that counts
   * @param until the first one behind those that count
   * @return whether there are any
   */
  boolean clip(int from, int until) {
    int last = extents.length - 1;
    long outer = 0;
    for (int number = 0; number < last; number++) {
      long coordinate = numerators[number];
      if (divisors[number] != 1) {
        coordinate = Math.floorDiv(coordinate, divisors[number]);
      }
      if (coordinate < 0 || coordinate >= extents[number]) {
        return false;
      }
      outer = outer * extents[number] + coordinate;
    }
    index = outer * extents[last] + numerators[last];
    long least = Math.max(from, -numerators[last]);
    long most = Math.min(until, Math.min(extents[last] - numerators[last], count - index));
    if (least >= most) {
      return false;
    }
    first = (int) least;
    end = (int) most;
    return true;
  }

  /** The first term of the run that is in bounds. */
  int first() {
    return first;
  }

  /** The first one behind those that are in bounds. */
  int end() {
    return end;
  }

  /** The number of the element that a term in bounds points to. */
  int element(int term) {
    return (int) (index + term);
  }
}
