package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.Floats.exponent;
import static ai.opengradient.canon.arithmetic.Floats.infinity;
import static ai.opengradient.canon.arithmetic.Floats.isFinite;
import static ai.opengradient.canon.arithmetic.Floats.isNaN;
import static ai.opengradient.canon.arithmetic.Floats.isNegative;
import static ai.opengradient.canon.arithmetic.Floats.magnitude;
import static ai.opengradient.canon.arithmetic.Floats.significand;
import static ai.opengradient.canon.arithmetic.Floats.withSign;
import static ai.opengradient.canon.tensor.Float32.NAN;

/**
 * Elementwise float32 arithmetic, rounded once. Operands and results are bits in canonical form.
 *
 * <p>Source: section 4 of {@code docs/canon.md}; IEEE 754-2019, roundTiesToEven, less the signed
 * zeros.
 */
public final class FloatOperations {
  /**
   * How far apart the exponents of a sum may be for it to fit 64 bits. The smaller operand of one
   * that is farther apart is less than a quarter of the other's last place: it changes nothing.
   */
  private static final int ALIGNMENT = 38;

  /** Fraction bits of a quotient of significands: with the rest as sticky bit more than enough. */
  private static final int QUOTIENT_BITS = 38;

  private FloatOperations() {}

  public static int add(int a, int b) {
    if (!isFinite(a) || !isFinite(b)) {
      return addWithoutNumbers(a, b);
    }
    return exponent(a) >= exponent(b) ? addOrdered(a, b) : addOrdered(b, a);
  }

  public static int subtract(int a, int b) {
    return add(a, negate(b));
  }

  /** The sum of numbers of which a's exponent is not the lesser. */
  private static int addOrdered(int a, int b) {
    int distance = exponent(a) - exponent(b);
    if (distance > ALIGNMENT) {
      return a;
    }
    long sum = (signedSignificand(a) << distance) + signedSignificand(b);
    return Rounding.round(sum < 0, Math.abs(sum), exponent(b), false);
  }

  private static long signedSignificand(int bits) {
    return isNegative(bits) ? -significand(bits) : significand(bits);
  }

  private static int addWithoutNumbers(int a, int b) {
    if (isNaN(a) || isNaN(b)) {
      return NAN;
    }
    if (isFinite(a)) {
      return b;
    }
    return isFinite(b) || a == b ? a : NAN;
  }

  public static int multiply(int a, int b) {
    boolean negative = isNegative(a) != isNegative(b);
    if (!isFinite(a) || !isFinite(b)) {
      return isNaN(a) || isNaN(b) || a == 0 || b == 0 ? NAN : infinity(negative);
    }
    long product = (long) significand(a) * significand(b);
    return Rounding.round(negative, product, exponent(a) + exponent(b), false);
  }

  public static int divide(int a, int b) {
    boolean negative = isNegative(a) != isNegative(b);
    if (isNaN(a) || isNaN(b) || (a == 0 && b == 0)) {
      return NAN;
    }
    if (!isFinite(a)) {
      return isFinite(b) ? infinity(negative) : NAN;
    }
    if (b == 0) {
      return infinity(negative);
    }
    if (!isFinite(b) || a == 0) {
      return 0;
    }
    int shift = Integer.numberOfLeadingZeros(significand(a)) - Byte.SIZE + QUOTIENT_BITS;
    int divisorShift = Integer.numberOfLeadingZeros(significand(b)) - Byte.SIZE;
    long dividend = (long) significand(a) << shift;
    long divisor = (long) significand(b) << divisorShift;
    return Rounding.round(
        negative,
        dividend / divisor,
        exponent(a) - shift - exponent(b) + divisorShift,
        dividend % divisor != 0);
  }

  public static int squareRoot(int a) {
    if (isNaN(a) || isNegative(a)) {
      return NAN;
    }
    if (!isFinite(a) || a == 0) {
      return a;
    }
    // The radicand gets 61 or 62 bits and an even exponent.
    int shift = Integer.numberOfLeadingZeros(significand(a)) + 30;
    if (((exponent(a) - shift) & 1) == 1) {
      shift--;
    }
    long radicand = (long) significand(a) << shift;
    long root = floorSquareRoot(radicand);
    return Rounding.round(false, root, (exponent(a) - shift) / 2, root * root != radicand);
  }

  /**
   * ⌊√radicand⌋, bit by bit, of a radicand below 2^62. Nobody can foretell the bits, so there is no
   * branch.
   */
  private static long floorSquareRoot(long radicand) {
    long root = 0;
    long rest = radicand;
    for (long bit = 1L << 60; bit != 0; bit >>= 2) {
      long trial = root + bit;
      long fits = ~((rest - trial) >> (Long.SIZE - 1));
      rest -= trial & fits;
      root = (root >> 1) + (bit & fits);
    }
    return root;
  }

  public static int negate(int a) {
    return isNaN(a) ? a : withSign(!isNegative(a), magnitude(a));
  }

  public static int absolute(int a) {
    return magnitude(a);
  }

  public static int floor(int a) {
    return toInteger(a, isNegative(a) ? Direction.AWAY_FROM_ZERO : Direction.TOWARDS_ZERO);
  }

  public static int ceiling(int a) {
    return toInteger(a, isNegative(a) ? Direction.TOWARDS_ZERO : Direction.AWAY_FROM_ZERO);
  }

  /** To the nearest integer, of two equally near ones the even one. */
  public static int roundToInteger(int a) {
    return toInteger(a, Direction.NEAREST_EVEN);
  }

  private enum Direction {
    AWAY_FROM_ZERO,
    TOWARDS_ZERO,
    NEAREST_EVEN
  }

  private static int toInteger(int a, Direction direction) {
    int point = -exponent(a);
    if (!isFinite(a) || point <= 0) {
      return a;
    }
    long significand = significand(a);
    // A point beyond is as good as this one: the number is far below one half, and zero or not.
    int shift = Math.min(point, Integer.SIZE);
    long whole = significand >>> shift;
    long fraction = significand - (whole << shift);
    long half = 1L << (shift - 1);
    boolean next =
        switch (direction) {
          case AWAY_FROM_ZERO -> fraction != 0;
          case TOWARDS_ZERO -> false;
          case NEAREST_EVEN -> fraction > half || (fraction == half && (whole & 1) == 1);
        };
    return Rounding.round(isNegative(a), next ? whole + 1 : whole, 0, false);
  }

  public static int maximum(int a, int b) {
    if (isNaN(a) || isNaN(b)) {
      return NAN;
    }
    return order(a) >= order(b) ? a : b;
  }

  public static int minimum(int a, int b) {
    if (isNaN(a) || isNaN(b)) {
      return NAN;
    }
    return order(a) <= order(b) ? a : b;
  }

  /** Whether a < b; false if either is NaN. */
  public static boolean isLess(int a, int b) {
    return !isNaN(a) && !isNaN(b) && order(a) < order(b);
  }

  /** An integer that orders as the numbers and infinities do. */
  static int order(int bits) {
    return isNegative(bits) ? -magnitude(bits) : bits;
  }
}
