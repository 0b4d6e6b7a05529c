package ai.opengradient.canon.engine.fold;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The sums of squares of rows or columns that lie interleaved. */
final class Norms {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private Norms() {}

  /**
   * Adds the squares of terms to each row's sum.
   *
   * @param panel term k of row r at {@code from + k·width + r}
   * @param width the number of rows: as many as lanes, or half or twice as many
   * @param squares the sums, from {@code at} on
   */
  static void addSquares(double[] panel, int from, int terms, int width, double[] squares, int at) {
    int length = terms * width;
    int done = 0;
    DoubleVector first = DoubleVector.zero(SPECIES);
    DoubleVector second = first;
    for (; done + 2 * LANES <= length; done += 2 * LANES) {
      DoubleVector value = DoubleVector.fromArray(SPECIES, panel, from + done);
      DoubleVector next = DoubleVector.fromArray(SPECIES, panel, from + done + LANES);
      first = value.fma(value, first);
      second = next.fma(next, second);
    }
    double[] lanes = new double[2 * LANES];
    first.intoArray(lanes, 0);
    second.intoArray(lanes, LANES);
    for (int lane = 0; lane < lanes.length; lane++) {
      squares[at + lane % width] += lanes[lane];
    }
    for (; done < length; done++) {
      double value = panel[from + done];
      squares[at + done % width] += value * value;
    }
  }
}
