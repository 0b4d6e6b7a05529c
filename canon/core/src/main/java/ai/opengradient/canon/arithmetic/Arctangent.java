package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.Floats.exponent;
import static ai.opengradient.canon.arithmetic.Floats.isNaN;
import static ai.opengradient.canon.arithmetic.Floats.isNegative;
import static ai.opengradient.canon.arithmetic.Floats.magnitude;
import static ai.opengradient.canon.arithmetic.Floats.powerOfTwo;
import static ai.opengradient.canon.arithmetic.Floats.significand;

import java.math.BigInteger;

/**
 * ATAN about the nearest c = step/16: for x up to 1 it is arctan c + arctan((x − c)/(1 + x·c)),
 * beyond it is π/2 less that of 1/x. Arguments and results are bits in canonical form.
 */
final class Arctangent {
  /**
   * Below 2^−13 the first term after x of the series, x³/3, is less than a quarter of x's last
   * place.
   */
  private static final int LINEAR = powerOfTwo(-13);

  /** From here on the result is π/2 to 40 bits, and that is not so near to a tie. */
  private static final int CONSTANT = powerOfTwo(40);

  private static final int STEPS = 16;
  private static final Wide[] ARCTANGENTS = Constants.arctangents(STEPS);

  /** arctan(s)/s = 1 − s²/3 + s⁴/5 − …; for |s| ≤ 1/32, 14 terms leave less than 2^−144. */
  private static final Polynomial SERIES =
      Polynomial.alternating(14, term -> BigInteger.valueOf(2L * term + 1));

  private static final int Q127 = -127;

  private Arctangent() {}

  static int atan(int x) {
    if (isNaN(x) || magnitude(x) < LINEAR) {
      return x;
    }
    if (magnitude(x) >= CONSTANT) {
      return Rounding.round(isNegative(x), Constants.HALF_PI_Q127, Q127);
    }
    // |x| as a quotient of integers below 2^41.
    long dividend = (long) significand(x) << Math.max(0, exponent(x));
    long divisor = 1L << Math.max(0, -exponent(x));
    Wide angle =
        dividend <= divisor
            ? ofQuotient(dividend, divisor)
            : Constants.HALF_PI_Q127.minus(ofQuotient(divisor, dividend));
    return Rounding.round(isNegative(x), angle, Q127);
  }

  /** arctan(dividend/divisor), a Q127, of a quotient up to 1. */
  private static Wide ofQuotient(long dividend, long divisor) {
    long step = (2 * STEPS * dividend + divisor) / (2 * divisor);
    long difference = STEPS * dividend - step * divisor;
    long sum = STEPS * divisor + step * dividend;
    int shift = Long.numberOfLeadingZeros(sum);
    Wide s = new Wide(Math.abs(difference) << shift, 0).over(new Wide(sum << shift, 0));
    Wide rest = SERIES.at(s.times(s)).times(s);
    return ARCTANGENTS[(int) step].plus(difference >= 0, rest);
  }
}
