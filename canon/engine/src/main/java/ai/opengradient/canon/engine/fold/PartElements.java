package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.access.Affine;
import ai.opengradient.canon.engine.elements.Elements;
import java.util.List;
import java.util.OptionalInt;

/** The elements of a part: their coordinates, their places in the result, their addends. */
final class PartElements {
  private final Product product;
  private final Part part;
  private final Addends addends;
  private final List<Elements> operands;
  private final int[] x;
  private final long[] addendValues;
  private final int[] columnPlaces;
  private final Affine places;
  private final boolean hasOneRowOfAddends;
  private int rowPlace;

  PartElements(
      Product product, Part part, Affine places, Addends addends, List<Elements> operands) {
    this.product = product;
    this.part = part;
    this.places = places;
    this.addends = addends;
    this.operands = operands;
    addendValues = addends.newValues();
    hasOneRowOfAddends = !addends.dependOn(product.rows());
    x = product.rowTerms().newCoordinates();
    columnPlaces = new int[part.columns()];
    for (int column = 0; column < columnPlaces.length; column++) {
      product.columns().locate(part.firstColumn() + column, x);
      columnPlaces[column] = (int) places.at(x);
    }
    product.columns().clear(x);
    product.batch().locate(part.matrix(), x);
  }

  int rows() {
    return part.rows();
  }

  int columns() {
    return part.columns();
  }

  /** Goes to a row of the part. */
  void locateRow(int row) {
    product.rows().locate(part.firstRow() + row, x);
    product.columns().clear(x);
    rowPlace = (int) places.at(x);
  }

  /** The coordinates of the element in a column of the present row, and zeros for the term's. */
  int[] coordinates(int column) {
    product.columns().locate(part.firstColumn() + column, x);
    return x;
  }

  /** The place in the result of the element in a column of the present row. */
  int place(int column) {
    return rowPlace + columnPlaces[column];
  }

  /** Whether elements of so many columns from one on are adjacent in the result. */
  boolean areAdjacent(int firstColumn, int count) {
    // Places ascend with the columns.
    return firstColumn + count <= columnPlaces.length
        && columnPlaces[firstColumn + count - 1] - columnPlaces[firstColumn] == count - 1;
  }

  /** Whether the addends of one row are those of another. */
  boolean hasOneRowOfAddends() {
    return hasOneRowOfAddends;
  }

  /** Reads the addends of the present row's elements as the canon's longs. */
  void readAddends(long[] target) {
    OptionalInt axis = product.columns().only();
    if (axis.isPresent()) {
      addends.read(operands, coordinates(0), axis.getAsInt(), part.columns(), addendValues, target);
      return;
    }
    for (int column = 0; column < part.columns(); column++) {
      target[column] = addends.at(operands, coordinates(column), addendValues);
    }
  }
}
