package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.PackedElements;
import ai.opengradient.canon.program.Space;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A DOT seen as a batch of matrix products: which operand gives the rows and which the columns, and
 * which axes of the space number rows, columns and the batch's matrices.
 *
 * @param rowOperand 0 for a, 1 for b
 * @param rows axes on which the columns' operand does not depend
 * @param columns axes on which the rows' operand does not depend
 * @param batch axes on which both depend
 */
record Product(
    int rowOperand, Terms rowTerms, Terms columnTerms, Axes rows, Axes columns, Axes batch) {
  /**
   * Finds the roles. Adjacent elements of the result lie in a row wherever that can be.
   *
   * @param terms of the two factors
   */
  static Product of(Space space, List<Terms> terms) {
    int[] extents = space.toArray();
    Axes ofFirst = axes(extents, axis -> !terms.get(1).map().dependsOn(axis));
    Axes ofSecond = axes(extents, axis -> isOnlyOf(terms.get(1), terms.get(0), axis));
    Axes batch = axes(extents, axis -> !ofFirst.contains(axis) && !ofSecond.contains(axis));
    int innermost = innermost(extents);
    boolean firstGivesRows =
        ofSecond.contains(innermost)
            || (!ofFirst.contains(innermost) && ofFirst.size() <= ofSecond.size());
    return firstGivesRows
        ? new Product(0, terms.get(0), terms.get(1), ofFirst, ofSecond, batch)
        : new Product(1, terms.get(1), terms.get(0), ofSecond, ofFirst, batch);
  }

  private static boolean isOnlyOf(Terms one, Terms other, int axis) {
    return one.map().dependsOn(axis) && !other.map().dependsOn(axis);
  }

  private static Axes axes(int[] extents, IntPredicate chosen) {
    return new Axes(IntStream.range(0, extents.length).filter(chosen).toArray(), extents);
  }

  /** The innermost axis with more than one point, or −1. */
  private static int innermost(int[] extents) {
    int axis = extents.length - 1;
    while (axis >= 0 && extents[axis] == 1) {
      axis--;
    }
    return axis;
  }

  /** 1 for b, 0 for a. */
  int columnOperand() {
    return 1 - rowOperand;
  }

  /** Whether the columns are the rows of a matrix that is all of its tensor, in order. */
  boolean columnsAreRowsOfMatrix(int count) {
    return columnTerms.areContiguous()
        && (long) columns.size() * terms() == count
        && columns.areNumberedBy(columnTerms.map().forms().getFirst(), terms())
        && !rows.anyMatch(columnTerms.map()::dependsOn)
        && !batch.anyMatch(columnTerms.map()::dependsOn);
  }

  /** Whether a matrix is packed as the columns are read. */
  boolean takesColumnsFrom(PackedElements matrix) {
    return matrix.isPacked(terms(), Tile.COLUMNS) && columnsAreRowsOfMatrix(matrix.count());
  }

  /** The number of terms of an element. */
  int terms() {
    return rowTerms.count();
  }
}
