package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.elements.FloatElements;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.parallel.Workspace.Use;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.engine.step.Tier;

/**
 * Rounds the sums of a part to float32: by their bounds, and one by one where these don't decide.
 */
final class FloatPart {
  private final MatrixBlock block;
  private final PartElements elements;
  private final SingleDot single;
  private final Workspace workspace;
  private final double[] addends;
  private final double bound;
  private final long[] addendBits;

  /** The float32 of a row of a tile. */
  private final float[] rounded = new float[Tile.COLUMNS];

  /**
   * Of a computed block.
   *
   * @param terms the number of terms of an element
   * @param single for what is not decided
   */
  FloatPart(
      MatrixBlock block, PartElements elements, int terms, SingleDot single, Workspace workspace) {
    this.block = block;
    this.elements = elements;
    this.single = single;
    this.workspace = workspace;
    addends = workspace.array(Use.ADDENDS, elements.columns() + Tile.COLUMNS);
    addendBits = new long[elements.columns()];
    bound = Bounds.errorOfSum(MatrixBlock.additions(terms) + 1);
  }

  /** Writes the elements to their places. */
  void write(Elements result, Tally tally) throws InterruptedException {
    float[] target = ((FloatElements) result).values();
    Tally counts = new Tally();
    for (int row = 0; row < elements.rows(); row++) {
      elements.locateRow(row);
      if (row == 0 || !elements.hasOneRowOfAddends()) {
        readAddends();
      }
      for (int column = 0; column < elements.columns(); column += Tile.COLUMNS) {
        writeTileRow(row, column, target, counts);
      }
    }
    long closely = counts.count(Tier.COMPENSATED) + counts.count(Tier.EXACT);
    counts.add(Tier.BOUND, (long) elements.rows() * elements.columns() - closely);
    tally.add(counts);
  }

  private void readAddends() {
    elements.readAddends(addendBits);
    for (int column = 0; column < addendBits.length; column++) {
      addends[column] = Float.intBitsToFloat((int) addendBits[column]);
    }
  }

  private void writeTileRow(int row, int column, float[] target, Tally counts)
      throws InterruptedException {
    boolean isAdjacent = elements.areAdjacent(column, Tile.COLUMNS);
    long undecided =
        TileRounding.round(
            block.sums(),
            block.sumsOfRow(row, column / Tile.COLUMNS),
            addends,
            block.columnNorms(),
            column,
            block.rowNorms()[row],
            bound,
            isAdjacent ? target : rounded,
            isAdjacent ? elements.place(column) : 0);
    int columns = Math.min(Tile.COLUMNS, elements.columns() - column);
    if (!isAdjacent) {
      for (int at = 0; at < columns; at++) {
        target[elements.place(column + at)] = rounded[at];
      }
    }
    for (long left = undecided & ((1L << columns) - 1); left != 0; left &= left - 1) {
      workspace.requireUninterrupted();
      int undecidedColumn = column + Long.numberOfTrailingZeros(left);
      single.locate(elements.coordinates(undecidedColumn));
      target[elements.place(undecidedColumn)] =
          single.roundedClosely((float) addends[undecidedColumn], counts);
    }
  }
}
