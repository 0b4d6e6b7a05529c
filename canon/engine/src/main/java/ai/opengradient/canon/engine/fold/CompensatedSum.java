package ai.opengradient.canon.engine.fold;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of products of float32 as three binary64 numbers: the sum, the sum of the errors of its
 * additions, and a bound of the errors of theirs. It is exact where the third is zero, and decides
 * nearly all sums that one number does not.
 *
 * <p>Source: T. Ogita, S. Rump and S. Oishi, Accurate sum and dot product, 2005; the addition with
 * its error is Knuth's.
 */
final class CompensatedSum {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private double sum;
  private double errors;
  private double uncertainty;

  /**
   * Of products and one more number. Operands that are not finite make a sum that decides nothing.
   *
   * @param a float32 numbers
   * @param b float32 numbers
   * @param addend a float32
   */
  CompensatedSum(double[] a, double[] b, int terms, double addend) {
    sum = addend;
    int vectors = terms - terms % LANES;
    if (vectors > 0) {
      addVectors(a, b, vectors);
    }
    for (int term = vectors; term < terms; term++) {
      add(a[term] * b[term]);
    }
  }

  private void addVectors(double[] a, double[] b, int terms) {
    DoubleVector sums = DoubleVector.zero(SPECIES);
    DoubleVector sumsErrors = sums;
    DoubleVector uncertainties = sums;
    for (int term = 0; term < terms; term += LANES) {
      DoubleVector product =
          DoubleVector.fromArray(SPECIES, a, term).mul(DoubleVector.fromArray(SPECIES, b, term));
      DoubleVector total = sums.add(product);
      DoubleVector part = total.sub(sums);
      DoubleVector error = sums.sub(total.sub(part)).add(product.sub(part));
      sums = total;
      total = sumsErrors.add(error);
      part = total.sub(sumsErrors);
      uncertainties = uncertainties.add(sumsErrors.sub(total.sub(part)).add(error.sub(part)).abs());
      sumsErrors = total;
    }
    for (int lane = 0; lane < LANES; lane++) {
      add(sums.lane(lane));
      add(sumsErrors.lane(lane));
      uncertainty += uncertainties.lane(lane);
    }
  }

  private void add(double term) {
    double total = sum + term;
    double error = error(sum, term, total);
    sum = total;
    total = errors + error;
    uncertainty += Math.abs(error(errors, error, total));
    errors = total;
  }

  /** What rounding took from a sum of two; exact. */
  private static double error(double a, double b, double total) {
    double part = total - a;
    return (a - (total - part)) + (b - part);
  }

  /** The float32 to which the exact sum rounds, or NaN if the three numbers don't tell. */
  float rounded() {
    double head = sum + errors;
    double tail = error(sum, errors, head);
    double slack = uncertainty * Bounds.INFLATION;
    if (tail == 0 && slack == 0) {
      return (float) head;
    }
    if (tail > slack && tail + slack < Math.nextUp(head) - head) {
      return (float) odd(head, Math.nextUp(head));
    }
    if (-tail > slack && tail - slack > Math.nextDown(head) - head) {
      return (float) odd(head, Math.nextDown(head));
    }
    return Float.NaN;
  }

  /**
   * Of two neighbours the one whose last bit is 1. All numbers between them round to the same
   * float32 as it does: what separates float32 is a binary64 number whose last bit is 0.
   */
  private static double odd(double head, double neighbour) {
    return (Double.doubleToRawLongBits(head) & 1) == 1 ? head : neighbour;
  }
}
