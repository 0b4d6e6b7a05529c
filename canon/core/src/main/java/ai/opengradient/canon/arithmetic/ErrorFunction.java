package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.Floats.ONE;
import static ai.opengradient.canon.arithmetic.Floats.exponent;
import static ai.opengradient.canon.arithmetic.Floats.isNaN;
import static ai.opengradient.canon.arithmetic.Floats.isNegative;
import static ai.opengradient.canon.arithmetic.Floats.magnitude;
import static ai.opengradient.canon.arithmetic.Floats.powerOfTwo;
import static ai.opengradient.canon.arithmetic.Floats.significand;
import static ai.opengradient.canon.arithmetic.Floats.withSign;

import java.math.BigInteger;

/**
 * ERF by the series that has no cancellation: erf x = 2/√π · e^−x² · x · S(2x²), where S(v) = 1 +
 * v/3·(1 + v/5·(1 + v/7·(…))).
 *
 * <p>Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6.
 */
final class ErrorFunction {
  /** erf 4 is nearer to 1 than half of the last place. */
  private static final int SATURATION = powerOfTwo(2);

  /** v = 2x² is below 2^5. */
  private static final int V_BITS = 5;

  private static final int V_POINT = Wide.BITS - V_BITS;

  /** S is below 2^21. */
  private static final int SUM_POINT = 106;

  private static final Wide ONE_AS_SUM = Wide.ONE_Q127.shiftedRight(127 - SUM_POINT);

  /** The factors 1/(2n + 1), by n, as Q128. */
  private static final Wide[] FACTORS = factors();

  /** How many terms S needs, by the leading zeros of v. */
  private static final int[] TERMS = terms();

  /** What is left out of S comes to less than 2^−this of it. */
  private static final int PRECISION = 112;

  private ErrorFunction() {}

  static int erf(int x) {
    if (isNaN(x)) {
      return x;
    }
    if (magnitude(x) >= SATURATION) {
      return withSign(isNegative(x), ONE);
    }
    long square = (long) significand(x) * significand(x);
    Exponential power = Exponential.of(true, square, 2 * exponent(x));
    Wide sum = sum(new Wide(0, square).shifted(2 * exponent(x) + 1 + V_POINT));
    // Products of a Q127, a Q126 and S lose 128 places each, as does that with x, which counts as a
    // fraction.
    Wide ratio = power.fraction().times(Constants.TWO_BY_ROOT_PI_Q126).times(sum);
    int point = 127 + 126 + SUM_POINT - 2 * Wide.BITS;
    int zeros = ratio.leadingZeros();
    Wide factor = new Wide((long) significand(x) << (Long.SIZE - Floats.SIGNIFICAND_BITS), 0);
    return Rounding.round(
        isNegative(x),
        ratio.shiftedLeft(zeros).times(factor),
        power.exponent() - point - zeros + exponent(x) + Floats.SIGNIFICAND_BITS);
  }

  private static Wide sum(Wide v) {
    Wide sum = ONE_AS_SUM;
    for (int n = TERMS[v.leadingZeros()]; n > 0; n--) {
      sum = ONE_AS_SUM.plus(sum.times(v.times(FACTORS[n])).shiftedLeft(V_BITS));
    }
    return sum;
  }

  private static Wide[] factors() {
    Wide[] factors = new Wide[128];
    factors[0] = Wide.ZERO;
    for (int n = 1; n < factors.length; n++) {
      factors[n] =
          Wide.of(BigInteger.ONE.shiftLeft(Wide.BITS).divide(BigInteger.valueOf(2L * n + 1)));
    }
    return factors;
  }

  private static int[] terms() {
    int[] terms = new int[Wide.BITS + 1];
    for (int zeros = 0; zeros < Wide.BITS; zeros++) {
      // The bound of v is 2^(5 − zeros); a term is the one before times v/(2n + 1).
      BigInteger one = BigInteger.ONE.shiftLeft(2 * PRECISION);
      BigInteger term = one;
      while (term.bitLength() > PRECISION || 2 * terms[zeros] + 1 < 2 << V_BITS >> zeros) {
        terms[zeros]++;
        term =
            term.shiftLeft(V_BITS)
                .shiftRight(zeros)
                .divide(BigInteger.valueOf(2L * terms[zeros] + 1));
      }
    }
    return terms;
  }
}
