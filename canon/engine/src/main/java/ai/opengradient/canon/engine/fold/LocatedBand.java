package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.Elements;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  private final int count;

  /**
   * By row: the place of its first term, if all terms are present of those that it is read with.
   */
  private final int[] firstPlaces;

  /** By row: the row, if they are not. */
  private final @Nullable Row[] rows;

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
    this.count = count;
    rows = new Row[count];
    firstPlaces = new int[count];
    Row scout = new Row(terms);
    for (int group = 0; group < count; group += TOGETHER) {
      int limit = Math.min(group + TOGETHER, count);
      boolean areWhole = limit - group == TOGETHER;
      for (int at = group; at < limit; at++) {
        axes.locate(first + at, x);
        scout.locate(x);
        areWhole &= scout.isWhole();
        firstPlaces[at] = scout.firstPlace();
      }
      for (int at = group; at < limit && !areWhole; at++) {
        Row row = new Row(terms);
        axes.locate(first + at, x);
        row.locate(x);
        rows[at] = row;
      }
    }
  }

  @Override
  public void read(int tile, int from, int to, double[] target, int at) {
    int first = tile * width;
    int limit = Math.min(first + width, count);
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

  private void readTogether(int first, int from, int to, double[] target, int at) {
    int length = terms.runLength();
    for (int term = from; term < to; ) {
      int begin = term % length;
      int end = Math.min(length, begin + to - term);
      int place = at + (term - from) * width;
      if (findPlaces(first, term / length, begin, end)) {
        source.interleave(places, terms.stride(), end - begin, target, place, width);
      } else {
        for (int next = 0; next < Math.min(TOGETHER, count - first); next++) {
          row(first + next).read(source, term, term + end - begin, 0, target, place + next, width);
        }
      }
      term += end - begin;
    }
  }

  /** Sets the places of a term of a run in the rows that are read together, if all are there. */
  private boolean findPlaces(int first, int run, int begin, int end) {
    if (rows[first] == null) {
      int offset = terms.placeOfRun(run) + begin * terms.stride();
      for (int next = 0; next < TOGETHER; next++) {
        places[next] = firstPlaces[first + next] + offset;
      }
      return true;
    }
    if (first + TOGETHER > count) {
      return false;
    }
    for (int next = 0; next < TOGETHER; next++) {
      Row row = row(first + next);
      if (!row.hasAll(run, begin, end)) {
        return false;
      }
      places[next] = row.placeInRun(begin);
    }
    return true;
  }

  private Row row(int number) {
    return Objects.requireNonNull(rows[number]);
  }
}
