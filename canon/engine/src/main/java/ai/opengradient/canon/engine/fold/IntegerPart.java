package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.tensor.DataType;

/**
 * Makes integers of the sums of a part: they are exact in binary64 where no sum of magnitudes can
 * be above 2^53, and computed one by one elsewhere.
 */
final class IntegerPart {
  private static final double EXACT = 0x1p53;

  private final MatrixBlock block;
  private final PartElements elements;
  private final IntegerDot single;
  private final DataType dataType;
  private final Workspace workspace;

  IntegerPart(
      MatrixBlock block,
      PartElements elements,
      IntegerDot single,
      DataType dataType,
      Workspace workspace) {
    this.block = block;
    this.elements = elements;
    this.single = single;
    this.dataType = dataType;
    this.workspace = workspace;
  }

  /** Writes the elements to their places. */
  void write(Elements result) throws InterruptedException {
    long[] addends = new long[elements.columns()];
    long[] integers = new long[elements.columns()];
    for (int row = 0; row < elements.rows(); row++) {
      workspace.requireUninterrupted();
      elements.locateRow(row);
      if (row == 0 || !elements.hasOneRowOfAddends()) {
        elements.readAddends(addends);
      }
      for (int column = 0; column < addends.length; column++) {
        integers[column] = element(row, column, addends[column]);
      }
      if (elements.areAdjacent(0, addends.length)) {
        result.write(integers, addends.length, elements.place(0));
      } else {
        for (int column = 0; column < addends.length; column++) {
          result.fill(elements.place(column), 1, integers[column]);
        }
      }
    }
  }

  private long element(int row, int column, long addend) {
    // Every partial sum is below the product of the norms, too.
    if (block.rowNorms()[row] * block.columnNorms()[column] > EXACT) {
      return single.element(elements.coordinates(column), new Tally());
    }
    int tile = column / Tile.COLUMNS;
    double sum = block.sums()[block.sumsOfRow(row, tile) + column % Tile.COLUMNS];
    return IntegerOperations.wrap(dataType, (long) sum + addend);
  }
}
