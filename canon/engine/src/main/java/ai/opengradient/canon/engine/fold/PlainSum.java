package ai.opengradient.canon.engine.fold;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A sum in binary64 and the sum of its terms' magnitudes, both in the lanes of vectors.
 *
 * @param magnitude at least the exact one, less what {@link Bounds} adds for roundings
 */
record PlainSum(double value, double magnitude) {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** How many additions a term of a sum takes part in at most. */
  static int additions(int terms) {
    return terms / LANES + 2 * LANES;
  }

  /** Of the products of float32. */
  static PlainSum ofProducts(double[] a, double[] b, int terms) {
    DoubleVector sums = DoubleVector.zero(SPECIES);
    DoubleVector magnitudes = sums;
    int term = 0;
    for (; term + LANES <= terms; term += LANES) {
      DoubleVector product =
          DoubleVector.fromArray(SPECIES, a, term).mul(DoubleVector.fromArray(SPECIES, b, term));
      sums = sums.add(product);
      magnitudes = magnitudes.add(product.abs());
    }
    double sum = sums.reduceLanes(VectorOperators.ADD);
    double magnitude = magnitudes.reduceLanes(VectorOperators.ADD);
    for (; term < terms; term++) {
      sum += a[term] * b[term];
      magnitude += Math.abs(a[term] * b[term]);
    }
    return new PlainSum(sum, magnitude);
  }

  /** Of float32 numbers. */
  static PlainSum of(double[] a, int terms) {
    DoubleVector sums = DoubleVector.zero(SPECIES);
    DoubleVector magnitudes = sums;
    int term = 0;
    for (; term + LANES <= terms; term += LANES) {
      DoubleVector value = DoubleVector.fromArray(SPECIES, a, term);
      sums = sums.add(value);
      magnitudes = magnitudes.add(value.abs());
    }
    double sum = sums.reduceLanes(VectorOperators.ADD);
    double magnitude = magnitudes.reduceLanes(VectorOperators.ADD);
    for (; term < terms; term++) {
      sum += a[term];
      magnitude += Math.abs(a[term]);
    }
    return new PlainSum(sum, magnitude);
  }
}
