package ai.opengradient.canon.plain;

import java.math.BigInteger;

/**
 * What a float32 is: canonical form (section 2) and rounding (section 3). Every finite float32 is a
 * whole number of <em>units</em> of 2^-149, the smallest subnormal number; that is how values are
 * carried here.
 */
public final class PlainFloat {
  public static final int ZERO = 0;
  public static final int ONE = 0x3f800000;
  public static final int POSITIVE_INFINITY = 0x7f800000;
  public static final int NEGATIVE_INFINITY = 0xff800000;

  /** The one NaN. */
  public static final int NAN = 0x7fc00000;

  /** The unit is 2 to the power of minus this. */
  public static final int UNIT_BITS = 149;

  /** How many units make 1. */
  public static final BigInteger UNITS_PER_ONE = BigInteger.TWO.pow(UNIT_BITS);

  private static final int NEGATIVE_ZERO = 0x80000000;
  private static final int MAGNITUDE = 0x7fffffff;
  private static final int FRACTION = 0x7fffff;
  private static final int FRACTION_BITS = 23;
  private static final int HIDDEN_BIT = 1 << FRACTION_BITS;
  private static final int GREATEST_EXPONENT = 127 - FRACTION_BITS;

  private PlainFloat() {}

  /** The canonical form: one zero, one NaN. */
  public static int canonical(int bits) {
    if (isNaN(bits)) {
      return NAN;
    }
    return bits == NEGATIVE_ZERO ? ZERO : bits;
  }

  /** Whether the bits are a NaN, of any sign and payload. */
  public static boolean isNaN(int bits) {
    return (bits & MAGNITUDE) > POSITIVE_INFINITY;
  }

  /** Whether the bits are an infinity. */
  public static boolean isInfinite(int bits) {
    return (bits & MAGNITUDE) == POSITIVE_INFINITY;
  }

  /** Whether the bits are a number: neither NaN nor infinite. */
  public static boolean isFinite(int bits) {
    return (bits & MAGNITUDE) < POSITIVE_INFINITY;
  }

  /** The infinity with the sign of a number, which is not zero. */
  static int infinity(int sign) {
    return sign < 0 ? NEGATIVE_INFINITY : POSITIVE_INFINITY;
  }

  /**
   * The exact value in units of 2^-149.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public static BigInteger units(int bits) {
    if (!isFinite(bits)) {
      throw new IllegalArgumentException(Integer.toHexString(bits) + " is no number");
    }
    int exponent = (bits & MAGNITUDE) >>> FRACTION_BITS;
    int fraction = bits & FRACTION;
    BigInteger magnitude =
        exponent == 0
            ? BigInteger.valueOf(fraction)
            : BigInteger.valueOf(HIDDEN_BIT + fraction).shiftLeft(exponent - 1);
    return bits < 0 ? magnitude.negate() : magnitude;
  }

  /**
   * RN of the fraction: the float32 nearest to it, ties to even.
   *
   * @throws ArithmeticException if the denominator is zero
   */
  public static int round(BigInteger numerator, BigInteger denominator) {
    if (denominator.signum() == 0) {
      throw new ArithmeticException("a fraction with denominator 0 has no value");
    }
    if (numerator.signum() == 0) {
      return ZERO;
    }
    int sign = numerator.signum() * denominator.signum();
    int magnitude = roundPositive(numerator.abs(), denominator.abs());
    return canonical(sign < 0 ? magnitude | NEGATIVE_ZERO : magnitude);
  }

  private static int roundPositive(BigInteger numerator, BigInteger denominator) {
    int exponent = exponentOfLastBit(numerator, denominator);
    if (exponent > GREATEST_EXPONENT) {
      return POSITIVE_INFINITY;
    }
    int significand =
        Quotient.nearest(
                numerator.shiftLeft(Math.max(-exponent, 0)),
                denominator.shiftLeft(Math.max(exponent, 0)))
            .intValueExact();
    // A hidden bit in the significand, 2^23, counts the exponent field up by one, from subnormal to
    // normal and from the greatest number to infinity, too; and so does a carry to 2^24.
    return ((exponent + UNIT_BITS) << FRACTION_BITS) + significand;
  }

  /**
   * The least e ≥ −149 such that the fraction is below 2^(24 + e): 2^e is the distance of the
   * float32 numbers around it.
   */
  private static int exponentOfLastBit(BigInteger numerator, BigInteger denominator) {
    // The fraction lies strictly between 2^(difference − 1) and 2^(difference + 1).
    int difference = numerator.bitLength() - denominator.bitLength();
    boolean reachesThePower =
        numerator
                .shiftLeft(Math.max(-difference, 0))
                .compareTo(denominator.shiftLeft(Math.max(difference, 0)))
            >= 0;
    int exponentOfFirstBit = reachesThePower ? difference : difference - 1;
    return Math.max(exponentOfFirstBit - FRACTION_BITS, -UNIT_BITS);
  }
}
