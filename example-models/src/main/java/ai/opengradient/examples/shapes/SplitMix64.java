package ai.opengradient.examples.shapes;

/**
 * A random number generator whose sequence nothing but this file defines.
 *
 * <p>Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014, with the
 * finaliser "Mix13" of David Stafford.
 */
final class SplitMix64 {
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;
  private static final double UNIT = 0x1p-53;

  /** Of the sum of four numbers below 2¹⁶, each equally likely: √(4 · (2³² − 1) / 12). */
  private static final double DEVIATION = Math.sqrt(((1L << 32) - 1) / 3.0);

  private static final long TWICE_MEAN = 4 * 0xFFFF;

  private long state;

  private SplitMix64(long state) {
    this.state = state;
  }

  /** One of the sequences of a seed, far from all the others. */
  static SplitMix64 of(long seed, long sequence) {
    return new SplitMix64(mix(mix(seed) + sequence));
  }

  long next() {
    state += STEP;
    return mix(state);
  }

  /** At least {@code low}, below {@code high}. */
  double between(double low, double high) {
    return low + (next() >>> 11) * UNIT * (high - low);
  }

  /** From {@code −limit} to {@code limit}, both included. */
  int within(int limit) {
    return (int) Math.unsignedMultiplyHigh(next(), 2L * limit + 1) - limit;
  }

  /**
   * Mean 0, deviation 1, nearly normal, never beyond 3.5: the sum of a word's four quarters. Exact
   * but for one division, so that every machine gets the same.
   */
  double normal() {
    long word = next();
    long sum = (word & 0xFFFF) + (word >>> 16 & 0xFFFF) + (word >>> 32 & 0xFFFF) + (word >>> 48);
    return (2 * sum - TWICE_MEAN) / (2 * DEVIATION);
  }

  private static long mix(long word) {
    long mixed = (word ^ (word >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }
}
