package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.Floats.ONE;
import static ai.opengradient.canon.arithmetic.Floats.exponent;
import static ai.opengradient.canon.arithmetic.Floats.infinity;
import static ai.opengradient.canon.arithmetic.Floats.isNaN;
import static ai.opengradient.canon.arithmetic.Floats.isNegative;
import static ai.opengradient.canon.arithmetic.Floats.magnitude;
import static ai.opengradient.canon.arithmetic.Floats.powerOfTwo;
import static ai.opengradient.canon.arithmetic.Floats.significand;
import static ai.opengradient.canon.arithmetic.Floats.withSign;

import ai.opengradient.canon.tensor.Float32;

/**
 * EXP, TANH, SIGMOID and SINH: of the exponential function's values, to 128 bits, by sums and
 * quotients. Arguments and results are bits in canonical form.
 */
final class ExponentialFunctions {
  /** e^128 overflows, e^−128 is below half the least number. */
  private static final int SATURATION = powerOfTwo(7);

  /** tanh 16 is nearer to 1 than half of the last place. */
  private static final int TANH_SATURATION = powerOfTwo(4);

  /**
   * Below 2^−13 the first term after x of the series of tanh and sinh, x³/3 at most, is less than a
   * quarter of x's last place.
   */
  private static final int LINEAR = powerOfTwo(-13);

  /**
   * Below 2^−24, sigmoid differs from 1/2 by x/4, which is less than a quarter of its last place.
   */
  private static final int SIGMOID_CONSTANT = powerOfTwo(-24);

  private static final int Q127 = -127;
  private static final int Q128 = -128;

  private ExponentialFunctions() {}

  static int exp(int x) {
    if (isNaN(x)) {
      return x;
    }
    if (magnitude(x) >= SATURATION) {
      return isNegative(x) ? 0 : Float32.INFINITY;
    }
    Exponential power = exponential(isNegative(x), x, 0);
    return Rounding.round(false, power.fraction(), power.exponent() + Q127);
  }

  /** (1 − e^−2|x|) / (1 + e^−2|x|), with the sign of x. */
  static int tanh(int x) {
    if (isNaN(x) || magnitude(x) < LINEAR) {
      return x;
    }
    if (magnitude(x) >= TANH_SATURATION) {
      return withSign(isNegative(x), ONE);
    }
    Exponential power = exponential(true, x, 1);
    Wide small = power.fraction().shiftedRight(-power.exponent());
    Wide quotient = Wide.ONE_Q127.minus(small).over(Wide.ONE_Q127.plus(small));
    return Rounding.round(isNegative(x), quotient, Q128);
  }

  /** With E = e^−|x|: 1 / (1 + E) of positive arguments, E / (1 + E) of negative ones. */
  static int sigmoid(int x) {
    if (isNaN(x)) {
      return x;
    }
    if (magnitude(x) >= SATURATION) {
      return isNegative(x) ? 0 : ONE;
    }
    if (magnitude(x) < SIGMOID_CONSTANT) {
      return powerOfTwo(-1);
    }
    Exponential power = exponential(true, x, 0);
    Wide small = power.fraction().shiftedRight(-power.exponent());
    Wide divisor = Wide.ONE_Q127.plus(small);
    // Half of the dividend, so that it is below the divisor.
    Wide dividend = (isNegative(x) ? power.fraction() : Wide.ONE_Q127).shiftedRight(1);
    int exponent = isNegative(x) ? power.exponent() : 0;
    return Rounding.round(false, dividend.over(divisor), exponent + 1 + Q128);
  }

  /** (e^|x| − e^−|x|) / 2, with the sign of x. */
  static int sinh(int x) {
    if (isNaN(x) || magnitude(x) < LINEAR) {
      return x;
    }
    if (magnitude(x) >= SATURATION) {
      return infinity(isNegative(x));
    }
    Exponential large = exponential(false, x, 0);
    Exponential small = exponential(true, x, 0);
    Wide difference =
        large.fraction().minus(small.fraction().shiftedRight(large.exponent() - small.exponent()));
    return Rounding.round(isNegative(x), difference, large.exponent() - 1 + Q127);
  }

  /** e^±(|x|·2^doublings). */
  static Exponential exponential(boolean negative, int x, int doublings) {
    return Exponential.of(negative, significand(x), exponent(x) + doublings);
  }
}
