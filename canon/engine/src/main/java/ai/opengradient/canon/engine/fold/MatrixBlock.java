package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.elements.PackedElements;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.parallel.Workspace.Use;
import java.util.Arrays;
import java.util.List;

/**
 * A block of one matrix of a {@link Product}: the sums of some rows times some columns in binary64,
 * and the norms of both. Terms are taken in pieces that stay in the nearest caches.
 */
final class MatrixBlock {
  /** Terms of a piece. */
  static final int DEPTH = 256;

  private final Workspace workspace;
  private final Band rows;
  private final Band columns;
  private final int rowTiles;
  private final int columnTiles;
  private final double[] sums;
  private final double[] rowNorms;
  private final double[] columnNorms;

  /**
   * Computes a block.
   *
   * @param operands the DOT's
   */
  MatrixBlock(Product product, Part part, List<Elements> operands, Workspace workspace)
      throws InterruptedException {
    this.workspace = workspace;
    int[] x = product.rowTerms().newCoordinates();
    product.batch().locate(part.matrix(), x);
    rows =
        new LocatedBand(
            product.rowTerms(),
            operands.get(product.rowOperand()),
            Tile.ROWS,
            product.rows(),
            part.firstRow(),
            part.rows(),
            x);
    product.rows().clear(x);
    columns = columns(product, part, operands.get(product.columnOperand()), x);
    rowTiles = Math.ceilDiv(part.rows(), Tile.ROWS);
    columnTiles = Math.ceilDiv(part.columns(), Tile.COLUMNS);
    sums = workspace.array(Use.SUMS, rowTiles * columnTiles * Tile.SIZE);
    rowNorms = zeros(Use.ROW_NORMS, rowTiles * Tile.ROWS);
    columnNorms = zeros(Use.COLUMN_NORMS, columnTiles * Tile.COLUMNS);
    for (int from = 0; from < product.terms(); from += DEPTH) {
      workspace.requireUninterrupted();
      multiply(from, Math.min(from + DEPTH, product.terms()));
    }
    toNorms(rowNorms, rowTiles * Tile.ROWS);
    toNorms(columnNorms, columnTiles * Tile.COLUMNS);
  }

  /** How many additions a term of a sum takes part in at most. */
  static int additions(int terms) {
    return Math.min(terms, DEPTH) + Math.ceilDiv(terms, DEPTH);
  }

  private static Band columns(Product product, Part part, Elements source, int[] x) {
    if (source instanceof PackedElements matrix && product.takesColumnsFrom(matrix)) {
      return new PackedBand(matrix, part.firstColumn() / Tile.COLUMNS);
    }
    return new LocatedBand(
        product.columnTerms(),
        source,
        Tile.COLUMNS,
        product.columns(),
        part.firstColumn(),
        part.columns(),
        x);
  }

  private double[] zeros(Use use, int length) {
    double[] array = workspace.array(use, length);
    Arrays.fill(array, 0, length, 0);
    return array;
  }

  private static void toNorms(double[] squares, int count) {
    for (int at = 0; at < count; at++) {
      squares[at] = Bounds.norm(squares[at]);
    }
  }

  /** Adds the products of the terms from one to below another. */
  private void multiply(int from, int to) {
    int terms = to - from;
    double[] rowTerms = workspace.array(Use.ROWS, rowTiles * Tile.ROWS * terms);
    for (int tile = 0; tile < rowTiles; tile++) {
      int at = tile * Tile.ROWS * terms;
      rows.read(tile, from, to, rowTerms, at);
      rows.addSquares(tile, rowTerms, at, from, to, rowNorms, tile * Tile.ROWS);
    }
    double[] columnTerms = workspace.array(Use.COLUMNS, Tile.COLUMNS * terms);
    for (int columnTile = 0; columnTile < columnTiles; columnTile++) {
      int first = columnTile * Tile.COLUMNS;
      columns.read(columnTile, from, to, columnTerms, 0);
      columns.addSquares(columnTile, columnTerms, 0, from, to, columnNorms, first);
      for (int tile = 0; tile < rowTiles; tile++) {
        int rowsAt = tile * Tile.ROWS * terms;
        Tile.multiply(
            rowTerms, rowsAt, columnTerms, terms, from > 0, sums, sumsAt(tile, columnTile));
      }
    }
  }

  private int sumsAt(int rowTile, int columnTile) {
    return (columnTile * rowTiles + rowTile) * Tile.SIZE;
  }

  /** Row by row within tiles; see {@link #sumsAt(int, int)}. */
  double[] sums() {
    return sums;
  }

  /** Where the sums of a row begin, of the columns of one tile. */
  int sumsOfRow(int row, int columnTile) {
    return sumsAt(row / Tile.ROWS, columnTile) + row % Tile.ROWS * Tile.COLUMNS;
  }

  /** By row: at least the norm of its terms. */
  double[] rowNorms() {
    return rowNorms;
  }

  /** By column: at least the norm of its terms. */
  double[] columnNorms() {
    return columnNorms;
  }
}
