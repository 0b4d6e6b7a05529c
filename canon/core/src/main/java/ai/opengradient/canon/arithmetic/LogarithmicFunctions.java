package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.Floats.exponent;
import static ai.opengradient.canon.arithmetic.Floats.isFinite;
import static ai.opengradient.canon.arithmetic.Floats.isNaN;
import static ai.opengradient.canon.arithmetic.Floats.isNegative;
import static ai.opengradient.canon.arithmetic.Floats.magnitude;
import static ai.opengradient.canon.arithmetic.Floats.powerOfTwo;
import static ai.opengradient.canon.arithmetic.Floats.significand;
import static ai.opengradient.canon.tensor.Float32.NAN;

import java.math.BigInteger;

/** LOG and SOFTPLUS. Arguments and results are bits in canonical form. */
final class LogarithmicFunctions {
  /** ln(1 + e)/e = 1 − e/2 + e²/3 − …; for e ≤ 2^−16, nine terms leave less than 2^−147. */
  private static final Polynomial ONE_PLUS =
      Polynomial.alternating(9, term -> BigInteger.valueOf(term + 1L));

  /** Up to this exponent of an {@link Exponential} {@link #ONE_PLUS} serves. */
  private static final int SMALL_EXPONENT = -17;

  /** From here on softplus is x and less than half of its last place. */
  private static final int SOFTPLUS_LINEAR = powerOfTwo(5);

  /** e^−128 is below half the least number. */
  private static final int SOFTPLUS_ZERO = powerOfTwo(7);

  /** Below 2^−40, softplus is ln 2 to 40 bits, and that is not so near to a tie. */
  private static final int SOFTPLUS_CONSTANT = powerOfTwo(-40);

  private static final int Q120 = -120;
  private static final int Q126 = -126;
  private static final Wide ONE_Q126 = Wide.ONE_Q127.shiftedRight(1);

  private LogarithmicFunctions() {}

  static int log(int x) {
    if (x == 0) {
      return Floats.infinity(true);
    }
    if (isNegative(x) || !isFinite(x)) {
      return isNegative(x) ? NAN : x;
    }
    // x = z·2^power with z from 1 to below 2.
    int shift = Integer.numberOfLeadingZeros(significand(x));
    Wide z = new Wide((long) significand(x) << (Integer.SIZE - 1 + shift), 0);
    return logarithm(Expansion.of(z), exponent(x) + Integer.SIZE - 1 - shift);
  }

  private static int logarithm(Expansion z, int power) {
    // Near an argument of 1, all but the rest is zero: only there can the logarithm be small.
    if ((z.step() == 0 && power == 0) || (z.step() == Expansion.STEPS && power == -1)) {
      return Rounding.round(!z.isAbove(), z.rest(), Q126);
    }
    Wide whole = Constants.LN2_Q120.times(Math.abs(power));
    Wide sum = z.logarithm().plus(power >= 0, whole);
    boolean negative = sum.high() < 0;
    return Rounding.round(negative, negative ? sum.negated() : sum, Q120);
  }

  /** ln(1 + e^x) of negative arguments, x + ln(1 + e^−x) of positive ones. */
  static int softplus(int x) {
    if (isNaN(x)) {
      return x;
    }
    if (isNegative(x) && magnitude(x) >= SOFTPLUS_ZERO) {
      return 0;
    }
    if (!isNegative(x) && magnitude(x) >= SOFTPLUS_LINEAR) {
      return x;
    }
    if (magnitude(x) < SOFTPLUS_CONSTANT) {
      return Rounding.round(false, Constants.LN2_Q120, Q120);
    }
    Exponential power = ExponentialFunctions.exponential(true, x, 0);
    if (isNegative(x) && power.exponent() <= SMALL_EXPONENT) {
      Wide small = power.fraction().shiftedRight(-1 - power.exponent());
      Wide product = power.fraction().times(ONE_PLUS.at(small));
      return Rounding.round(false, product, power.exponent() + Q126);
    }
    Wide z = ONE_Q126.plus(power.fraction().shiftedRight(1 - power.exponent()));
    Wide logarithm = Expansion.of(z).logarithm();
    Wide linear = isNegative(x) ? Wide.ZERO : fixed(x);
    return Rounding.round(false, linear.plus(logarithm), Q120);
  }

  /** |x| as a Q120. */
  private static Wide fixed(int x) {
    return new Wide(0, significand(x)).shifted(exponent(x) - Q120);
  }

  /**
   * ln z, for z from 1 to below 2, about the nearest c = 1 + step/32: ln c + 2·artanh((z − c)/(z +
   * c)).
   *
   * @param step 0 to 32
   * @param isAbove whether z is not below c
   * @param rest the magnitude of 2·artanh((z − c)/(z + c)), a Q126
   */
  private record Expansion(int step, boolean isAbove, Wide rest) {
    static final int STEPS = 32;
    private static final int STEP_BITS = 5;
    private static final int Z_BITS = Long.SIZE - 2;
    private static final Wide[] LOGARITHMS = Constants.logarithms(STEPS);

    /** artanh(s)/s = 1 + s²/3 + s⁴/5 + …; for |s| ≤ 1/128, ten terms leave less than 2^−140. */
    private static final Polynomial INVERSE_TANGENT =
        Polynomial.positive(10, term -> BigInteger.valueOf(2L * term + 1));

    /** Of z, a Q126. */
    static Expansion of(Wide z) {
      int nearest = (int) ((z.high() >>> (Z_BITS - STEP_BITS - 1)) + 1) >>> 1;
      Wide c = new Wide((long) nearest << (Z_BITS - STEP_BITS), 0);
      boolean isAbove = !z.isBelow(c);
      Wide s = (isAbove ? z.minus(c) : c.minus(z)).over(z.plus(c));
      // artanh s as a Q127 is twice as much as a Q126.
      Wide rest = INVERSE_TANGENT.at(s.times(s)).times(s);
      return new Expansion(nearest - STEPS, isAbove, rest);
    }

    /** The whole of ln z, a Q120. */
    Wide logarithm() {
      return LOGARITHMS[step].plus(isAbove, rest.shiftedRight(Q120 - Q126));
    }
  }
}
