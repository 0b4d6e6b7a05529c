package ai.opengradient.examples.shapes;

/**
 * Random int8 weights of several filters. A sum of products is shifted right by its filter's number
 * of bits to give steps of the output; the shifts are chosen so that each filter uses the weights'
 * range.
 */
final class ScaledWeights {
  /**
   * The products of two such weights with uint8 fit 16 bits: processors that add them in pairs
   * can't saturate.
   */
  private static final int LARGEST = 64;

  /** Root mean square of integers that are equally likely, over the largest. */
  private static final double SPREAD = 1 / Math.sqrt(3);

  private final byte[] weights;
  private final int[] shifts;
  private final int terms;

  private ScaledWeights(byte[] weights, int[] shifts, int terms) {
    this.weights = weights;
    this.shifts = shifts;
    this.terms = terms;
  }

  /**
   * @param terms of each filter's sum
   * @param meanSquare of the values that are multiplied, in steps
   * @param deviation that the sums shall have, in steps of the output; filters differ from it by a
   *     factor of 0.7 to 1.4
   */
  static ScaledWeights draw(
      SplitMix64 random, int filters, int terms, double meanSquare, double deviation) {
    byte[] weights = new byte[filters * terms];
    int[] shifts = new int[filters];
    for (int filter = 0; filter < filters; filter++) {
      double size = random.between(0.7, 1.4) * deviation / Math.sqrt(terms * meanSquare);
      shifts[filter] = Math.getExponent(LARGEST * SPREAD / size);
      int limit = (int) Math.rint(Math.scalb(size, shifts[filter]) / SPREAD);
      for (int term = 0; term < terms; term++) {
        weights[filter * terms + term] = (byte) random.within(limit);
      }
    }
    return new ScaledWeights(weights, shifts, terms);
  }

  /** Each filter's weights together. */
  byte[] byFilter() {
    return weights.clone();
  }

  /** The filters side by side: for each term, all of them. */
  byte[] byTerm() {
    byte[] turned = new byte[weights.length];
    for (int index = 0; index < weights.length; index++) {
      turned[index % terms * shifts.length + index / terms] = weights[index];
    }
    return turned;
  }

  /**
   * The scales of the filters' weights.
   *
   * @param stepExponent output's step over input's step, as a power of two
   */
  float[] scales(int stepExponent) {
    float[] scales = new float[shifts.length];
    for (int filter = 0; filter < shifts.length; filter++) {
      scales[filter] = Math.scalb(1f, stepExponent - shifts[filter]);
    }
    return scales;
  }

  /** Biases between two numbers of output steps, in the unit of the sums. */
  int[] biases(SplitMix64 random, double lowest, double highest) {
    int[] biases = new int[shifts.length];
    for (int filter = 0; filter < shifts.length; filter++) {
      biases[filter] = (int) Math.rint(Math.scalb(random.between(lowest, highest), shifts[filter]));
    }
    return biases;
  }
}
