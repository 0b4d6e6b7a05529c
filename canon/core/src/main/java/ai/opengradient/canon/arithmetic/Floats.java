package ai.opengradient.canon.arithmetic;

import ai.opengradient.canon.tensor.Float32;

/** The parts of a float32 in canonical form, as bits: sign, significand and exponent. */
final class Floats {
  static final int SIGN = 0x80000000;
  static final int ONE = 0x3f800000;

  /** A number of magnitude m·2^e has at least this e. */
  static final int LEAST_EXPONENT = -149;

  /** A significand is below 2^24. */
  static final int SIGNIFICAND_BITS = 24;

  private static final int FRACTION_BITS = SIGNIFICAND_BITS - 1;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;
  private static final int HIDDEN = 1 << FRACTION_BITS;

  private Floats() {}

  static boolean isNaN(int bits) {
    return bits == Float32.NAN;
  }

  /** Whether the bits are neither those of a NaN nor of an infinity. */
  static boolean isFinite(int bits) {
    return magnitude(bits) < Float32.INFINITY;
  }

  static boolean isNegative(int bits) {
    return bits < 0;
  }

  /** The bits of the absolute value. */
  static int magnitude(int bits) {
    return bits & ~SIGN;
  }

  /** The m of a finite |x| = m·2^e, below 2^24. */
  static int significand(int bits) {
    int fraction = bits & FRACTION;
    return magnitude(bits) < HIDDEN ? fraction : fraction | HIDDEN;
  }

  /** The e of a finite |x| = m·2^e. */
  static int exponent(int bits) {
    return Math.max(1, magnitude(bits) >>> FRACTION_BITS) + LEAST_EXPONENT - 1;
  }

  /** The magnitude of 2^power, −126 to 127, as bits: numbers are compared by their bits. */
  static int powerOfTwo(int power) {
    return (power + 127) << FRACTION_BITS;
  }

  static int infinity(boolean negative) {
    return negative ? Float32.NEGATIVE_INFINITY : Float32.INFINITY;
  }

  /** The bits with this sign; zero has none. */
  static int withSign(boolean negative, int magnitude) {
    return negative && magnitude != 0 ? magnitude | SIGN : magnitude;
  }
}
