package ai.opengradient.canon.arithmetic;

import java.math.BigInteger;

/**
 * A value of the exponential function, fraction·2^exponent, with a relative error below 2^−118.
 *
 * @param fraction a Q127, from 1 to below 2
 */
record Exponential(Wide fraction, int exponent) {
  /** The binary logarithm's fraction is looked up to so many bits and expanded beyond. */
  private static final int STEP_BITS = 5;

  private static final Wide[] STEPS = Constants.powersOfTwo(1 << STEP_BITS);

  /** (e^y − 1)/y = 1/1! + y/2! + y²/3! + …; for y ≤ ln 2 / 32, 16 terms leave less than 2^−128. */
  private static final Polynomial SERIES = Polynomial.positive(16, term -> factorial(term + 1));

  /**
   * e^(±significand·2^exponent).
   *
   * @param significand below 2^48; with the exponent it makes an argument below 128
   */
  static Exponential of(boolean negative, long significand, int exponent) {
    // The argument times log₂ e, a Q127, in three words, to be shifted right until it is a Q128.
    long first = Math.unsignedMultiplyHigh(significand, Constants.LOG2_E_Q127.low());
    long low = significand * Constants.LOG2_E_Q127.low();
    long middle = significand * Constants.LOG2_E_Q127.high() + first;
    long high =
        Math.unsignedMultiplyHigh(significand, Constants.LOG2_E_Q127.high())
            + (Long.compareUnsigned(middle, first) < 0 ? 1 : 0);
    int distance = -1 - exponent;
    if (distance >= Long.SIZE) {
      return ofBinary(negative, 0, new Wide(high, middle).shiftedRight(distance - Long.SIZE));
    }
    Wide part =
        new Wide(high << -distance | middle >>> distance, middle << -distance | low >>> distance);
    return ofBinary(negative, (int) (high >>> distance), part);
  }

  /** 2^(±(whole + part)) with the part a Q128. */
  private static Exponential ofBinary(boolean negative, int whole, Wide part) {
    if (!negative) {
      return new Exponential(ofFraction(part), whole);
    }
    boolean borrows = !part.equals(Wide.ZERO);
    return new Exponential(ofFraction(part.negated()), borrows ? -1 - whole : -whole);
  }

  /** 2^part, a Q127. */
  private static Wide ofFraction(Wide part) {
    Wide step = STEPS[(int) (part.high() >>> (Long.SIZE - STEP_BITS))];
    Wide rest = new Wide(part.high() << STEP_BITS >>> STEP_BITS, part.low());
    Wide y = rest.times(Constants.LN2_Q128);
    Wide growth = SERIES.at(y).times(y);
    return step.plus(step.times(growth).shiftedLeft(1));
  }

  static BigInteger factorial(int n) {
    BigInteger product = BigInteger.ONE;
    for (int factor = 2; factor <= n; factor++) {
      product = product.multiply(BigInteger.valueOf(factor));
    }
    return product;
  }
}
