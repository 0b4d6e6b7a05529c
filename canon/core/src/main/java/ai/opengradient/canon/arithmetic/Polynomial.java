package ai.opengradient.canon.arithmetic;

import java.math.BigInteger;
import java.util.function.IntFunction;

/**
 * c₀ ± c₁·x + c₂·x² ± …, with 1 ≥ c₀ ≥ c₁ ≥ … ≥ 0 and x a fraction, evaluated by Horner's rule.
 * Each of its steps errs by less than 4·2^−127.
 */
final class Polynomial {
  private final long[] high;
  private final long[] low;
  private final boolean alternating;

  private Polynomial(boolean alternating, int terms, IntFunction<BigInteger> reciprocal) {
    this.alternating = alternating;
    high = new long[terms];
    low = new long[terms];
    for (int term = 0; term < terms; term++) {
      Wide coefficient =
          Wide.of(BigInteger.ONE.shiftLeft(Wide.BITS - 1).divide(reciprocal.apply(term)));
      high[term] = coefficient.high();
      low[term] = coefficient.low();
    }
  }

  /** 1/r₀ + x/r₁ + x²/r₂ + … */
  static Polynomial positive(int terms, IntFunction<BigInteger> reciprocal) {
    return new Polynomial(false, terms, reciprocal);
  }

  /** 1/r₀ − x/r₁ + x²/r₂ − … */
  static Polynomial alternating(int terms, IntFunction<BigInteger> reciprocal) {
    return new Polynomial(true, terms, reciprocal);
  }

  /** The value, a Q127, at x, a Q128. */
  Wide at(Wide x) {
    int term = high.length - 1;
    Wide value = new Wide(high[term], low[term]);
    while (--term >= 0) {
      value = new Wide(high[term], low[term]).plus(!alternating, value.times(x));
    }
    return value;
  }
}
