package ai.opengradient.canon.arithmetic;

import java.math.BigInteger;

/**
 * The numbers that the functions need, computed from their series once, when the class is loaded.
 * Each is the floor of the number in its fixed point, or one less.
 */
final class Constants {
  /** Digits that are computed: more than any constant has, so that only the last bit can differ. */
  private static final int PRECISION = 512;

  private static final BigInteger ONE = BigInteger.ONE.shiftLeft(PRECISION);
  private static final BigInteger LN2_DIGITS = inverseTangent(1, 3, true).shiftLeft(1);
  private static final BigInteger PI_DIGITS =
      inverseTangent(1, 5, false).shiftLeft(2).subtract(inverseTangent(1, 239, false)).shiftLeft(2);

  /** ln 2 as a Q120. */
  static final Wide LN2_Q120 = scaled(LN2_DIGITS, 120);

  /** ln 2 as a Q128. */
  static final Wide LN2_Q128 = scaled(LN2_DIGITS, 128);

  /** log₂ e as a Q127. */
  static final Wide LOG2_E_Q127 = scaled(ONE.shiftLeft(PRECISION).divide(LN2_DIGITS), 127);

  /** π/2 as a Q127. */
  static final Wide HALF_PI_Q127 = scaled(PI_DIGITS.shiftRight(1), 127);

  /** 2/√π as a Q126. */
  static final Wide TWO_BY_ROOT_PI_Q126 =
      scaled(ONE.shiftLeft(PRECISION + 1).divide(PI_DIGITS.shiftLeft(PRECISION).sqrt()), 126);

  private Constants() {}

  /** 2/π with so many digits behind the point. */
  static BigInteger twoByPi(int digits) {
    return ONE.shiftLeft(PRECISION + 1).divide(PI_DIGITS).shiftRight(PRECISION - digits);
  }

  /** 2^(step/steps) for the steps 0 to steps − 1, a power of two of them, as Q127. */
  static Wide[] powersOfTwo(int steps) {
    BigInteger base = ONE.shiftLeft(1);
    for (int root = steps; root > 1; root /= 2) {
      base = base.shiftLeft(PRECISION).sqrt();
    }
    Wide[] powers = new Wide[steps];
    BigInteger power = ONE;
    for (int step = 0; step < steps; step++) {
      powers[step] = scaled(power, 127);
      power = power.multiply(base).shiftRight(PRECISION);
    }
    return powers;
  }

  /** ln(1 + step/steps) for the steps 0 to steps, as Q120. */
  static Wide[] logarithms(int steps) {
    Wide[] logarithms = new Wide[steps + 1];
    for (int step = 0; step <= steps; step++) {
      logarithms[step] = scaled(inverseTangent(step, 2 * steps + step, true).shiftLeft(1), 120);
    }
    return logarithms;
  }

  /** arctan(step/steps) for the steps 0 to steps, as Q127. */
  static Wide[] arctangents(int steps) {
    Wide[] arctangents = new Wide[steps + 1];
    for (int step = 0; step < steps; step++) {
      arctangents[step] = scaled(inverseTangent(step, steps, false), 127);
    }
    arctangents[steps] = scaled(PI_DIGITS.shiftRight(2), 127);
    return arctangents;
  }

  private static Wide scaled(BigInteger digits, int fractionBits) {
    return Wide.of(digits.shiftRight(PRECISION - fractionBits));
  }

  /** The series of arctan(a/b), or of artanh(a/b), which is ½·ln((b + a)/(b − a)), for a < b. */
  private static BigInteger inverseTangent(int a, int b, boolean hyperbolic) {
    BigInteger square = BigInteger.valueOf((long) a * a);
    BigInteger divisor = BigInteger.valueOf((long) b * b);
    BigInteger power = ONE.multiply(BigInteger.valueOf(a)).divide(BigInteger.valueOf(b));
    BigInteger sum = BigInteger.ZERO;
    for (int odd = 1; power.signum() != 0; odd += 2) {
      BigInteger term = power.divide(BigInteger.valueOf(odd));
      sum = hyperbolic || odd % 4 == 1 ? sum.add(term) : sum.subtract(term);
      power = power.multiply(square).divide(divisor);
    }
    return sum;
  }
}
