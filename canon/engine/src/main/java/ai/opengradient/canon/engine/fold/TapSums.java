package ai.opengradient.canon.engine.fold;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** One term after the other added to sums, and its magnitude to theirs; or to extremes. */
final class TapSums {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private TapSums() {}

  /** Adds products to the sums from one to below another. */
  static void addProducts(
      double[] a,
      int aAt,
      double[] b,
      int bAt,
      double[] sums,
      double[] magnitudes,
      int from,
      int to) {
    int at = from;
    for (; at + LANES <= to; at += LANES) {
      DoubleVector product =
          DoubleVector.fromArray(SPECIES, a, aAt + at)
              .mul(DoubleVector.fromArray(SPECIES, b, bAt + at));
      DoubleVector.fromArray(SPECIES, sums, at).add(product).intoArray(sums, at);
      DoubleVector.fromArray(SPECIES, magnitudes, at).add(product.abs()).intoArray(magnitudes, at);
    }
    for (; at < to; at++) {
      double product = a[aAt + at] * b[bAt + at];
      sums[at] += product;
      magnitudes[at] += Math.abs(product);
    }
  }

  /** Adds terms to the sums from one to below another. */
  static void add(double[] a, int aAt, double[] sums, double[] magnitudes, int from, int to) {
    int at = from;
    for (; at + LANES <= to; at += LANES) {
      DoubleVector term = DoubleVector.fromArray(SPECIES, a, aAt + at);
      DoubleVector.fromArray(SPECIES, sums, at).add(term).intoArray(sums, at);
      DoubleVector.fromArray(SPECIES, magnitudes, at).add(term.abs()).intoArray(magnitudes, at);
    }
    for (; at < to; at++) {
      sums[at] += a[aAt + at];
      magnitudes[at] += Math.abs(a[aAt + at]);
    }
  }

  static void raise(double[] a, int aAt, double[] extremes, int from, int to) {
    int at = from;
    for (; at + LANES <= to; at += LANES) {
      DoubleVector.fromArray(SPECIES, extremes, at)
          .max(DoubleVector.fromArray(SPECIES, a, aAt + at))
          .intoArray(extremes, at);
    }
    for (; at < to; at++) {
      extremes[at] = Math.max(extremes[at], a[aAt + at]);
    }
  }

  static void lower(double[] a, int aAt, double[] extremes, int from, int to) {
    int at = from;
    for (; at + LANES <= to; at += LANES) {
      DoubleVector.fromArray(SPECIES, extremes, at)
          .min(DoubleVector.fromArray(SPECIES, a, aAt + at))
          .intoArray(extremes, at);
    }
    for (; at < to; at++) {
      extremes[at] = Math.min(extremes[at], a[aAt + at]);
    }
  }
}
