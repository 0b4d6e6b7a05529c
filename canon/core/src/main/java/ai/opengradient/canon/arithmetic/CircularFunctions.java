package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.Floats.ONE;
import static ai.opengradient.canon.arithmetic.Floats.exponent;
import static ai.opengradient.canon.arithmetic.Floats.isFinite;
import static ai.opengradient.canon.arithmetic.Floats.isNegative;
import static ai.opengradient.canon.arithmetic.Floats.magnitude;
import static ai.opengradient.canon.arithmetic.Floats.powerOfTwo;
import static ai.opengradient.canon.arithmetic.Floats.significand;
import static ai.opengradient.canon.tensor.Float32.NAN;

import java.math.BigInteger;

/**
 * SIN and COS. The argument is reduced with as many digits of 2/π as count for it: x·2/π is a
 * quadrant and a fraction of 128 bits, however large x is.
 *
 * <p>Source: M. Payne and R. Hanek, Radian reduction for trigonometric functions, 1983.
 */
final class CircularFunctions {
  /**
   * Below 2^−13 the first term after x or 1 of either series, x³/6 or x²/2, is less than half of
   * the last place.
   */
  private static final int LINEAR = powerOfTwo(-13);

  /** sin θ / θ = 1 − θ²/3! + θ⁴/5! − …; for θ ≤ π/4, 16 terms leave less than 2^−133. */
  private static final Polynomial SINE =
      Polynomial.alternating(16, term -> Exponential.factorial(2 * term + 1));

  /** cos θ = 1 − θ²/2! + θ⁴/4! − …; 17 terms leave less than 2^−139. */
  private static final Polynomial COSINE =
      Polynomial.alternating(17, term -> Exponential.factorial(2 * term));

  /**
   * 2/π as words of 64 bits, most significant first, after two words of zeros: the bit at index i
   * has the weight 2^(127 − i).
   */
  private static final long[] TWO_BY_PI = digitsOfTwoByPi();

  private static final int FIRST_WEIGHT = 2 * Long.SIZE - 1;
  private static final int Q127 = -127;

  private CircularFunctions() {}

  static int sin(int x) {
    if (isFinite(x) && magnitude(x) < LINEAR) {
      return x;
    }
    return isFinite(x) ? sineOfQuadrant(x, 0, isNegative(x)) : NAN;
  }

  /** sin(|x| + π/2). */
  static int cos(int x) {
    if (isFinite(x) && magnitude(x) < LINEAR) {
      return ONE;
    }
    return isFinite(x) ? sineOfQuadrant(x, 1, false) : NAN;
  }

  /** ±sin(|x| + quadrants·π/2). */
  private static int sineOfQuadrant(int x, int quadrants, boolean negative) {
    // The digits of 2/π that give multiples of four quadrants are left out: the first counts two.
    int from = FIRST_WEIGHT - 1 + exponent(x);
    long factor = significand(x);
    // The product with 192 digits, modulo 2^192: two bits of quadrant, 128 of the fraction, 62 to
    // spare.
    long third = digits(from + 2 * Long.SIZE);
    long second = digits(from + Long.SIZE);
    long low = third * factor;
    long carried = Math.unsignedMultiplyHigh(third, factor);
    long middle = second * factor + carried;
    long high =
        digits(from) * factor
            + Math.unsignedMultiplyHigh(second, factor)
            + (Long.compareUnsigned(middle, carried) < 0 ? 1 : 0);
    int quadrant = (int) (high >>> -2) + quadrants;
    Wide fraction = new Wide(high << 2 | middle >>> -2, middle << 2 | low >>> -2);
    boolean beyondHalf = fraction.high() < 0;
    Wide angle =
        (beyondHalf ? fraction.negated() : fraction).times(Constants.HALF_PI_Q127).shiftedLeft(1);
    return quadrantSine(quadrant, beyondHalf, angle, negative);
  }

  /**
   * ±sin(quadrant·π/2 + θ), or with (quadrant + 1)·π/2 − θ where the angle is measured from there.
   *
   * @param angle θ, a Q128, up to π/4
   */
  private static int quadrantSine(int quadrant, boolean fromNext, Wide angle, boolean negative) {
    int axis = fromNext ? quadrant + 1 : quadrant;
    boolean isCosine = (axis & 1) == 1;
    boolean flips = (axis & 2) == 2;
    Wide square = angle.times(angle);
    if (isCosine) {
      return Rounding.round(negative != flips, COSINE.at(square), Q127);
    }
    Wide sine = SINE.at(square).times(angle);
    return Rounding.round(negative != flips != fromNext, sine, Q127);
  }

  /** The 64 digits of 2/π from an index on. */
  private static long digits(int from) {
    int word = from / Long.SIZE;
    int shift = from % Long.SIZE;
    // In two steps: a shift by 64 would be none.
    return TWO_BY_PI[word] << shift | TWO_BY_PI[word + 1] >>> 1 >>> (Long.SIZE - 1 - shift);
  }

  private static long[] digitsOfTwoByPi() {
    long[] words = new long[7];
    BigInteger digits = Constants.twoByPi((words.length - 2) * Long.SIZE);
    for (int word = words.length - 1; word >= 2; word--) {
      words[word] = digits.longValue();
      digits = digits.shiftRight(Long.SIZE);
    }
    return words;
  }
}
