package ai.opengradient.canon.plain;

import java.math.BigInteger;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntToLongFunction;

/**
 * Real functions of intervals. A result holds the function's value for every real out of the
 * argument, and closes in on it as the precision grows.
 */
final class IntervalFunctions {
  private static final ConcurrentMap<Integer, Interval> PI = new ConcurrentHashMap<>();
  private static final ConcurrentMap<Integer, Interval> LOGARITHM_OF_TWO =
      new ConcurrentHashMap<>();
  private static final ConcurrentMap<Integer, Interval> TWO_BY_ROOT_OF_PI =
      new ConcurrentHashMap<>();

  /** They bring any argument to tan(π/2 / 2^4) or less, which is below 0.1. */
  private static final int ARCTANGENT_HALVINGS = 4;

  /** So many more than bring an argument below 1: they make the series short. */
  private static final int EXPONENTIAL_HALVINGS = 8;

  private IntervalFunctions() {}

  /** eˣ = (e^(x/2ⁿ))^(2ⁿ), and e^y = Σ yᵏ/k!. */
  static Interval exponential(Interval x) {
    int precision = x.precision();
    int bits = x.magnitude().bitLength() - precision;
    int halvings = Math.max(bits, 0) + EXPONENTIAL_HALVINGS;
    Interval power =
        series(Interval.of(1, precision), x.timesPowerOfTwo(-halvings), k -> k, k -> 1);
    for (int squaring = 0; squaring < halvings; squaring++) {
      power = power.multiply(power);
    }
    return power;
  }

  /** Of a positive x: ln x = k·ln 2 + ln y with y = x/2ᵏ, and ln y = 2·artanh((y − 1)/(y + 1)). */
  static Interval logarithm(Interval x) {
    int precision = x.precision();
    // With 2ᵏ ≤ 4x/3 < 2ᵏ⁺¹, y lies from 3/4 to 3/2, and the argument of artanh from −1/7 to 1/5.
    int k = x.low().shiftLeft(2).divide(BigInteger.valueOf(3)).bitLength() - 1 - precision;
    Interval power = Interval.of(1, precision).timesPowerOfTwo(k);
    Interval argument = x.subtract(power).divide(x.add(power));
    return logarithmOfTwo(precision)
        .multiply(Interval.of(k, precision))
        .add(hyperbolicArctangent(argument).timesPowerOfTwo(1));
  }

  static Interval sine(Interval x) {
    return sineAfterQuarters(x, 0);
  }

  /** cos x = sin(x + π/2). */
  static Interval cosine(Interval x) {
    return sineAfterQuarters(x, 1);
  }

  /** arctan x = 2·arctan(x / (1 + √(1 + x²))), and arctan y = Σ (−1)ᵏ·y²ᵏ⁺¹/(2k + 1). */
  static Interval arctangent(Interval x) {
    Interval one = Interval.of(1, x.precision());
    Interval y = x;
    for (int halving = 0; halving < ARCTANGENT_HALVINGS; halving++) {
      y = y.divide(one.add(one.add(y.multiply(y)).squareRoot()));
    }
    return series(y, y.multiply(y).negate(), k -> 1, k -> 2 * k + 1)
        .timesPowerOfTwo(ARCTANGENT_HALVINGS);
  }

  /** erf x = 2/√π · Σ (−1)ᵏ·x²ᵏ⁺¹/(k!·(2k + 1)). */
  static Interval errorFunction(Interval x) {
    return twoByRootOfPi(x.precision())
        .multiply(series(x, x.multiply(x).negate(), k -> k, k -> 2 * k + 1));
  }

  /** π = 4·arctan 1. */
  static Interval pi(int precision) {
    return PI.computeIfAbsent(precision, key -> arctangent(Interval.of(1, key)).timesPowerOfTwo(2));
  }

  /** ln 2 = 2·artanh(1/3). */
  static Interval logarithmOfTwo(int precision) {
    return LOGARITHM_OF_TWO.computeIfAbsent(
        precision, key -> hyperbolicArctangent(Interval.of(1, key).divide(3)).timesPowerOfTwo(1));
  }

  private static Interval twoByRootOfPi(int precision) {
    return TWO_BY_ROOT_OF_PI.computeIfAbsent(
        precision, key -> Interval.of(4, key).divide(pi(key)).squareRoot());
  }

  /** artanh y = Σ y²ᵏ⁺¹/(2k + 1). */
  private static Interval hyperbolicArctangent(Interval y) {
    return series(y, y.multiply(y), k -> 1, k -> 2 * k + 1);
  }

  /**
   * sin(x + quarters·π/2). With x = y + n·π/2, it is sin y, cos y, −sin y or −cos y, as n +
   * quarters is 0, 1, 2 or 3 modulo 4. That is so for every integer n; the nearest one to x/(π/2)
   * makes y small.
   */
  private static Interval sineAfterQuarters(Interval x, int quarters) {
    int precision = x.precision();
    Interval quarter = pi(precision).timesPowerOfTwo(-1);
    BigInteger n = Quotient.nearest(x.low(), quarter.low());
    Interval y = x.subtract(quarter.multiply(Interval.of(n, precision)));
    Interval ratio = y.multiply(y).negate();
    BigInteger total = n.add(BigInteger.valueOf(quarters));
    // sin y = Σ (−1)ᵏ·y²ᵏ⁺¹/(2k + 1)!, and cos y = Σ (−1)ᵏ·y²ᵏ/(2k)!.
    Interval value =
        total.testBit(0)
            ? series(Interval.of(1, precision), ratio, k -> (2L * k - 1) * (2L * k), k -> 1)
            : series(y, ratio, k -> 2L * k * (2L * k + 1), k -> 1);
    return total.testBit(1) ? value.negate() : value;
  }

  /**
   * Σ aₖ/weight(k) over k = 0, 1, …, where a₀ is given and aₖ = aₖ₋₁·ratio/divisor(k). Weights are
   * at least 1, weight(0) is 1, and divisors never fall.
   *
   * <p>The terms that are left out: from where |ratio|/divisor ≤ ½, every |a| is at most half the
   * one before, so all |a| behind some aₖ are together at most |aₖ|, and the terms are no greater.
   * From there on, too, rounded outward to whole 2^-precision, |a| falls until it is 1 or 0, so
   * that the loop ends.
   */
  private static Interval series(
      Interval first, Interval ratio, IntToLongFunction divisor, IntToLongFunction weight) {
    BigInteger twiceTheRatio = ratio.magnitude().shiftLeft(1);
    Interval sum = first;
    Interval a = first;
    for (int k = 1; ; k++) {
      a = a.multiply(ratio).divide(divisor.applyAsLong(k));
      sum = sum.add(a.divide(weight.applyAsLong(k)));
      BigInteger nextDivisor =
          BigInteger.valueOf(divisor.applyAsLong(k + 1)).shiftLeft(ratio.precision());
      if (a.magnitude().bitLength() <= 1 && twiceTheRatio.compareTo(nextDivisor) <= 0) {
        return sum.widen(a.magnitude());
      }
    }
  }
}
