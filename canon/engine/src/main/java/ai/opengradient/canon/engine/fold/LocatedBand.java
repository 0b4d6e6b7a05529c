package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.Elements;

/** A band of rows, each found by its index map. */
final class LocatedBand implements Band {
  /** Rows that are read together. */
  private static final int TOGETHER = 4;

  /** Terms that are read at a time, of all rows together: they stay in the nearest cache. */
  private static final int STRIPE = 1024;

  private final Terms terms;
  private final Elements source;

  /** Rows of a tile, a multiple of four. */
  private final int width;

  private final Row[] rows;

  /** By row: whether all its terms are present. */
  private final boolean[] isWhole;

  private final int[] places = new int[TOGETHER];

  /**
   * The rows of an operand at points of some axes.
   *
   * @param width rows of a tile, a multiple of four
   * @param x coordinates on all other axes; those on these are changed
   */
  LocatedBand(Terms terms, Elements source, int width, Axes axes, int first, int count, int[] x) {
    this.terms = terms;
    this.source = source;
    this.width = width;
    rows = new Row[count];
    isWhole = new boolean[count];
    for (int at = 0; at < count; at++) {
      axes.locate(first + at, x);
      rows[at] = new Row(terms);
      rows[at].locate(x);
      isWhole[at] = rows[at].isWhole();
    }
  }

  @Override
  public void read(int tile, int from, int to, double[] target, int at) {
    int first = tile * width;
    int limit = Math.min(first + width, rows.length);
    int length = STRIPE / width;
    for (int stripe = from; stripe < to; stripe += length) {
      int end = Math.min(stripe + length, to);
      int place = at + (stripe - from) * width;
      for (int row = first; row < limit; row += TOGETHER) {
        readTogether(row, stripe, end, target, place + row - first);
      }
    }
  }

  @Override
  public void addSquares(
      int tile, double[] panel, int at, int from, int to, double[] squares, int squaresAt) {
    Norms.addSquares(panel, at, to - from, width, squares, squaresAt);
  }

  private void readTogether(int row, int from, int to, double[] target, int at) {
    if (areWhole(row)) {
      interleave(row, from, to, target, at);
      return;
    }
    for (int next = 0; next < Math.min(TOGETHER, rows.length - row); next++) {
      rows[row + next].read(source, from, to, 0, target, at + next, width);
    }
  }

  private void interleave(int row, int from, int to, double[] target, int at) {
    int length = terms.runLength();
    for (int term = from; term < to; ) {
      int first = term % length;
      int limit = Math.min(length, first + to - term);
      int offset = terms.placeOfRun(term / length) + first * terms.stride();
      for (int next = 0; next < TOGETHER; next++) {
        places[next] = rows[row + next].firstPlace() + offset;
      }
      int place = at + (term - from) * width;
      source.interleave(places, terms.stride(), limit - first, target, place, width);
      term += limit - first;
    }
  }

  private boolean areWhole(int row) {
    return row + TOGETHER <= rows.length
        && isWhole[row]
        && isWhole[row + 1]
        && isWhole[row + 2]
        && isWhole[row + 3];
  }
}
