package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.Floats.exponent;
import static ai.opengradient.canon.arithmetic.Floats.isFinite;
import static ai.opengradient.canon.arithmetic.Floats.isNaN;
import static ai.opengradient.canon.arithmetic.Floats.isNegative;
import static ai.opengradient.canon.arithmetic.Floats.significand;
import static ai.opengradient.canon.tensor.Float32.NAN;

/**
 * The exact sum of float32 numbers and of products of two of them, rounded when it is asked for:
 * DOT, SUM, MEAN and MEANSQ. Every product is a whole number of units of 2^−298 and below 2^554 of
 * them, so the sum is kept as an integer, in limbs of 32 bits that are carried into 64: an addition
 * touches three limbs and carries nothing. Up to 2^30 terms, bits in canonical form. Not for use by
 * several threads.
 *
 * <p>Source: section 6 of {@code docs/canon.md}; Kulisch's long accumulator.
 */
public final class ExactSum {
  private static final int UNIT_EXPONENT = 2 * Floats.LEAST_EXPONENT;
  private static final int LIMBS = 19;
  private static final int LIMB_BITS = 32;
  private static final long LIMB_MASK = (1L << LIMB_BITS) - 1;

  private final long[] limbs = new long[LIMBS];
  private boolean nan;
  private boolean positiveInfinity;
  private boolean negativeInfinity;

  /** Adds a. */
  public void add(int a) {
    addProduct(a, Floats.ONE);
  }

  /** Adds a·b, not rounded. */
  public void addProduct(int a, int b) {
    boolean negative = isNegative(a) != isNegative(b);
    if (!isFinite(a) || !isFinite(b)) {
      addWithoutNumbers(a, b, negative);
      return;
    }
    long product = (long) significand(a) * significand(b);
    int position = exponent(a) + exponent(b) - UNIT_EXPONENT;
    int limb = position / LIMB_BITS;
    int shift = position % LIMB_BITS;
    long low = product << shift;
    // In two steps: a shift by 64 would be none.
    long high = product >>> 1 >>> (Long.SIZE - 1 - shift);
    long sign = negative ? -1 : 1;
    limbs[limb] += sign * (low & LIMB_MASK);
    limbs[limb + 1] += sign * (low >>> LIMB_BITS);
    limbs[limb + 2] += sign * high;
  }

  private void addWithoutNumbers(int a, int b, boolean negative) {
    if (isNaN(a) || isNaN(b) || a == 0 || b == 0) {
      nan = true;
    } else if (negative) {
      negativeInfinity = true;
    } else {
      positiveInfinity = true;
    }
  }

  /** RN of the sum. */
  public int rounded() {
    return roundedQuotient(1);
  }

  /** RN(sum / n), rounded once; NaN if n is 0. */
  public int roundedQuotient(int n) {
    if (nan || n == 0 || (positiveInfinity && negativeInfinity)) {
      return NAN;
    }
    if (positiveInfinity || negativeInfinity) {
      return Floats.infinity(negativeInfinity);
    }
    long[] value = carried();
    boolean negative = value[LIMBS - 1] < 0;
    if (negative) {
      negate(value);
    }
    // What is left of the division is below the unit, far below any bit of a float32.
    boolean sticky = divide(value, n) != 0;
    return round(negative, value, sticky);
  }

  /** −1, 0 or 1 as the sum of numbers is negative, zero or positive. */
  int signum() {
    long[] value = carried();
    if (value[LIMBS - 1] < 0) {
      return -1;
    }
    for (long limb : value) {
      if (limb != 0) {
        return 1;
      }
    }
    return 0;
  }

  /** The sum with all limbs but the last, which has the sign, within 32 bits. */
  private long[] carried() {
    long[] value = limbs.clone();
    carry(value);
    return value;
  }

  private static void carry(long[] value) {
    for (int limb = 0; limb < LIMBS - 1; limb++) {
      value[limb + 1] += value[limb] >> LIMB_BITS;
      value[limb] &= LIMB_MASK;
    }
  }

  private static void negate(long[] value) {
    for (int limb = 0; limb < LIMBS; limb++) {
      value[limb] = -value[limb];
    }
    carry(value);
  }

  /** Divides by n and returns the remainder. */
  private static long divide(long[] value, int n) {
    long remainder = 0;
    for (int limb = LIMBS - 1; limb >= 0; limb--) {
      long dividend = remainder << LIMB_BITS | value[limb];
      value[limb] = dividend / n;
      remainder = dividend % n;
    }
    return remainder;
  }

  private static int round(boolean negative, long[] value, boolean sticky) {
    int top = LIMBS - 1;
    while (top > 1 && value[top] == 0) {
      top--;
    }
    boolean below = sticky;
    for (int limb = 0; limb < top - 1; limb++) {
      below |= value[limb] != 0;
    }
    long significand = value[top] << LIMB_BITS | value[top - 1];
    return Rounding.round(negative, significand, UNIT_EXPONENT + (top - 1) * LIMB_BITS, below);
  }
}
