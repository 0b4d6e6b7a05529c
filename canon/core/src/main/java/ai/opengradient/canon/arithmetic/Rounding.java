package ai.opengradient.canon.arithmetic;

/** RN: rounds a number to the nearest float32, ties to even. Section 3 of {@code docs/canon.md}. */
final class Rounding {
  private static final int BIAS = 127;
  private static final int LEAST_NORMAL_EXPONENT = -126;
  private static final int GREATEST_EXPONENT = 127;

  private Rounding() {}

  /**
   * RN(±(significand + ε)·2^exponent).
   *
   * @param significand unsigned, 64 bits
   * @param sticky whether there is an ε between 0 and 1 (both excluded), else ε = 0; if so, the
   *     significand is at least 2^24, so that ε lies below the half that decides
   */
  static int round(boolean negative, long significand, int exponent, boolean sticky) {
    if (significand == 0) {
      return 0;
    }
    int shift = Long.numberOfLeadingZeros(significand);
    long normal = significand << shift;
    int leading = exponent - shift + Long.SIZE - 1;
    if (leading > GREATEST_EXPONENT) {
      return Floats.infinity(negative);
    }
    int kept = Floats.SIGNIFICAND_BITS - Math.max(0, LEAST_NORMAL_EXPONENT - leading);
    if (kept < 0) {
      return 0;
    }
    long whole = kept == 0 ? 0 : normal >>> -kept;
    long rest = normal << kept;
    int order = Long.compareUnsigned(rest, Long.MIN_VALUE);
    if (order > 0 || (order == 0 && (sticky || (whole & 1) == 1))) {
      whole++;
    }
    // A carry out of the fraction goes on into the exponent, up to infinity; a subnormal has
    // exponent field 0.
    int field = Math.max(0, leading + BIAS - 1) << (Floats.SIGNIFICAND_BITS - 1);
    int magnitude = field + (int) whole;
    return Floats.withSign(negative, magnitude);
  }

  /** RN(±value·2^exponent) of an unsigned value of 128 bits. */
  static int round(boolean negative, Wide value, int exponent) {
    if (value.high() == 0) {
      return round(negative, value.low(), exponent, false);
    }
    int shift = Long.numberOfLeadingZeros(value.high());
    Wide normal = value.shiftedLeft(shift);
    return round(negative, normal.high(), exponent - shift + Long.SIZE, normal.low() != 0);
  }
}
