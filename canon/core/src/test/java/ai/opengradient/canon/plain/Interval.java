package ai.opengradient.canon.plain;

import java.math.BigInteger;

/**
 * All reals from low·2^-precision to high·2^-precision. The result of every operation holds what
 * the operation gives for any reals out of its operands: its ends are rounded outward. Operands of
 * one operation have one precision.
 */
record Interval(BigInteger low, BigInteger high, int precision) {
  Interval {
    if (low.compareTo(high) > 0) {
      throw new IllegalArgumentException(low + " is above " + high);
    }
  }

  /** The integer and nothing else. */
  static Interval of(BigInteger integer, int precision) {
    BigInteger end = integer.shiftLeft(precision);
    return new Interval(end, end, precision);
  }

  static Interval of(long integer, int precision) {
    return of(BigInteger.valueOf(integer), precision);
  }

  Interval negate() {
    return new Interval(high.negate(), low.negate(), precision);
  }

  Interval add(Interval other) {
    return new Interval(low.add(other.low), high.add(other.high), precision);
  }

  Interval subtract(Interval other) {
    return add(other.negate());
  }

  Interval multiply(Interval other) {
    // A product's extremes lie at ends of its factors.
    BigInteger first = low.multiply(other.low);
    BigInteger second = low.multiply(other.high);
    BigInteger third = high.multiply(other.low);
    BigInteger fourth = high.multiply(other.high);
    return new Interval(
            first.min(second).min(third.min(fourth)),
            first.max(second).max(third.max(fourth)),
            precision)
        .timesPowerOfTwo(-precision);
  }

  /**
   * The quotient.
   *
   * @throws IllegalArgumentException if the divisor holds zero or less
   */
  Interval divide(Interval divisor) {
    if (divisor.low.signum() <= 0) {
      throw new IllegalArgumentException(divisor + " is no positive divisor");
    }
    // A negative end is lowest over the smallest divisor, any other over the greatest one; and the
    // other way round for the highest.
    return new Interval(
        Quotient.floor(low.shiftLeft(precision), low.signum() < 0 ? divisor.low : divisor.high),
        Quotient.ceiling(high.shiftLeft(precision), high.signum() < 0 ? divisor.high : divisor.low),
        precision);
  }

  /** The quotient by a positive integer. */
  Interval divide(long divisor) {
    BigInteger denominator = BigInteger.valueOf(divisor);
    return new Interval(
        Quotient.floor(low, denominator), Quotient.ceiling(high, denominator), precision);
  }

  /** The product with 2^exponent. */
  Interval timesPowerOfTwo(int exponent) {
    // Shifting right rounds down.
    return new Interval(
        low.shiftLeft(exponent), high.negate().shiftLeft(exponent).negate(), precision);
  }

  /**
   * The square root.
   *
   * @throws ArithmeticException if the interval holds a negative number
   */
  Interval squareRoot() {
    return new Interval(
        low.shiftLeft(precision).sqrt(),
        high.shiftLeft(precision).sqrt().add(BigInteger.ONE),
        precision);
  }

  /** The interval with a margin more at either end, in 2^-precision. */
  Interval widen(BigInteger margin) {
    return new Interval(low.subtract(margin), high.add(margin), precision);
  }

  /** The greatest absolute value, in 2^-precision. */
  BigInteger magnitude() {
    return low.abs().max(high.abs());
  }
}
