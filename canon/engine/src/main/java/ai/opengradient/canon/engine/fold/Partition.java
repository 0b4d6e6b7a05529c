package ai.opengradient.canon.engine.fold;

/** The division of a {@link Product} into parts of nearly equal size. */
final class Partition {
  /** So many rows and columns, and pieces of their terms, fit a core's second cache. */
  private static final int MOST_ROWS = 128;

  private static final int MOST_COLUMNS = 384;

  /** Below this, reading terms would take a good part of the time. */
  private static final int LEAST_ROWS = 32;

  private static final int LEAST_COLUMNS = 96;

  /** As many parts for each thread, if that can be, so that none waits long for the others. */
  private static final int PARTS_OF_THREAD = 3;

  private final Product product;
  private final int rowsOfPart;
  private final int columnsOfPart;

  Partition(Product product, int threads) {
    this.product = product;
    int wanted = threads == 1 ? 1 : PARTS_OF_THREAD * threads;
    int mostRows = MOST_ROWS;
    int mostColumns = MOST_COLUMNS;
    while (count(mostRows, mostColumns) < wanted && mostColumns > LEAST_COLUMNS) {
      mostColumns /= 2;
    }
    while (count(mostRows, mostColumns) < wanted && mostRows > LEAST_ROWS) {
      mostRows /= 2;
    }
    rowsOfPart = evenly(product.rows().size(), mostRows, Tile.ROWS);
    columnsOfPart = evenly(product.columns().size(), mostColumns, Tile.COLUMNS);
  }

  /** Parts of at most so many, all but the last alike, in whole tiles. */
  private static int evenly(int size, int most, int tile) {
    int parts = Math.ceilDiv(size, most);
    return Math.ceilDiv(Math.ceilDiv(size, parts), tile) * tile;
  }

  private int count(int rows, int columns) {
    return Math.ceilDiv(product.rows().size(), rows)
        * Math.ceilDiv(product.columns().size(), columns)
        * product.batch().size();
  }

  /** The number of parts. */
  int count() {
    return count(rowsOfPart, columnsOfPart);
  }

  /**
   * A part.
   *
   * @param number 0 to below the count
   */
  Part part(int number) {
    int columnParts = Math.ceilDiv(product.columns().size(), columnsOfPart);
    int rowParts = Math.ceilDiv(product.rows().size(), rowsOfPart);
    int firstColumn = number % columnParts * columnsOfPart;
    int firstRow = number / columnParts % rowParts * rowsOfPart;
    return new Part(
        number / columnParts / rowParts,
        firstRow,
        Math.min(rowsOfPart, product.rows().size() - firstRow),
        firstColumn,
        Math.min(columnsOfPart, product.columns().size() - firstColumn));
  }
}
