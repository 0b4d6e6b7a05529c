package ai.opengradient.canon.engine.fold;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of matrix products: {@value #ROWS} rows times {@link #COLUMNS} columns, of
 * which all sums stay in registers.
 *
 * <p>It stands written out, on vectors that are variables and nothing else, because a vector that
 * crosses a call or goes into an array of vectors becomes an object. Four by two vectors and what
 * they need fit the sixteen registers of narrow machines, and are enough to keep wide ones busy.
 */
final class Tile {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Rows of a tile. */
  static final int ROWS = 4;

  /** Columns of a tile: two vectors. */
  static final int COLUMNS = 2 * LANES;

  /** Sums of a tile. */
  static final int SIZE = ROWS * COLUMNS;

  private Tile() {}

  /**
   * Sums up the products of rows and columns term by term.
   *
   * @param rows term k of row r at {@code rowsAt + k · ROWS + r}
   * @param columns term k of column c at {@code k · COLUMNS + c}
   * @param adds whether the sums are added to what is there, or take its place
   * @param sums row by row, from {@code sumsAt} on
   */
  static void multiply(
      double[] rows,
      int rowsAt,
      double[] columns,
      int terms,
      boolean adds,
      double[] sums,
      int sumsAt) {
    int sums1 = sumsAt + COLUMNS;
    int sums2 = sums1 + COLUMNS;
    int sums3 = sums2 + COLUMNS;
    DoubleVector sum00 = DoubleVector.zero(SPECIES);
    DoubleVector sum01 = sum00;
    DoubleVector sum10 = sum00;
    DoubleVector sum11 = sum00;
    DoubleVector sum20 = sum00;
    DoubleVector sum21 = sum00;
    DoubleVector sum30 = sum00;
    DoubleVector sum31 = sum00;
    int row = rowsAt;
    int column = 0;
    for (int term = 0; term < terms; term++) {
      DoubleVector column0 = DoubleVector.fromArray(SPECIES, columns, column);
      DoubleVector column1 = DoubleVector.fromArray(SPECIES, columns, column + LANES);
      DoubleVector factor = DoubleVector.broadcast(SPECIES, rows[row]);
      sum00 = factor.fma(column0, sum00);
      sum01 = factor.fma(column1, sum01);
      factor = DoubleVector.broadcast(SPECIES, rows[row + 1]);
      sum10 = factor.fma(column0, sum10);
      sum11 = factor.fma(column1, sum11);
      factor = DoubleVector.broadcast(SPECIES, rows[row + 2]);
      sum20 = factor.fma(column0, sum20);
      sum21 = factor.fma(column1, sum21);
      factor = DoubleVector.broadcast(SPECIES, rows[row + 3]);
      sum30 = factor.fma(column0, sum30);
      sum31 = factor.fma(column1, sum31);
      row += ROWS;
      column += COLUMNS;
    }
    if (adds) {
      sum00 = sum00.add(DoubleVector.fromArray(SPECIES, sums, sumsAt));
      sum01 = sum01.add(DoubleVector.fromArray(SPECIES, sums, sumsAt + LANES));
      sum10 = sum10.add(DoubleVector.fromArray(SPECIES, sums, sums1));
      sum11 = sum11.add(DoubleVector.fromArray(SPECIES, sums, sums1 + LANES));
      sum20 = sum20.add(DoubleVector.fromArray(SPECIES, sums, sums2));
      sum21 = sum21.add(DoubleVector.fromArray(SPECIES, sums, sums2 + LANES));
      sum30 = sum30.add(DoubleVector.fromArray(SPECIES, sums, sums3));
      sum31 = sum31.add(DoubleVector.fromArray(SPECIES, sums, sums3 + LANES));
    }
    sum00.intoArray(sums, sumsAt);
    sum01.intoArray(sums, sumsAt + LANES);
    sum10.intoArray(sums, sums1);
    sum11.intoArray(sums, sums1 + LANES);
    sum20.intoArray(sums, sums2);
    sum21.intoArray(sums, sums2 + LANES);
    sum30.intoArray(sums, sums3);
    sum31.intoArray(sums, sums3 + LANES);
  }
}
