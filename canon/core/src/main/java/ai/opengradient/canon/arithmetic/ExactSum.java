package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.Floats.exponent;
import static ai.opengradient.canon.arithmetic.Floats.isFinite;
import static ai.opengradient.canon.arithmetic.Floats.isNaN;
import static ai.opengradient.canon.arithmetic.Floats.isNegative;
import static ai.opengradient.canon.arithmetic.Floats.significand;
import static ai.opengradient.canon.tensor.Float32.NAN;

import ai.opengradient.canon.tensor.Float32;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The exact sum of float32 numbers and of products of two of them, rounded when it is asked for:
 * DOT, SUM, MEAN and MEANSQ. Every product is a whole number of units of 2^−298, below 2^48 times
 * 2^s units with s from 0 to 506. It is added to bin ⌊s / 128⌋ of four, which counts in units of
 * 2^(128·bin − 298), in limbs of 32 bits that are carried into 64: an addition touches three limbs
 * and carries nothing. Up to 2^30 terms, any bits. Not for use by several threads.
 *
 * <p>Source: section 6 of {@code docs/canon.md}; Kulisch's long accumulator. The bins are those of
 * {@code contracts/canon/arithmetic/ExactSum.sol}, so that both write a sum down alike.
 */
public final class ExactSum {
  /** Bytes of a sum that is written down: four bins of 32, and one of flags. */
  public static final int ENCODED_LENGTH = 129;

  private static final int UNIT_EXPONENT = 2 * Floats.LEAST_EXPONENT;
  private static final int LIMB_BITS = 32;
  private static final long LIMB_MASK = (1L << LIMB_BITS) - 1;

  private static final int BINS = 4;
  private static final int BIN_BITS = 128;
  private static final int BIN_LENGTH = 32;
  private static final int LIMBS_OF_BIN = BIN_LENGTH / Integer.BYTES;

  /** Of all bins together, each of which begins as many limbs above the one before. */
  private static final int STRIDE = BIN_BITS / LIMB_BITS;

  private static final int LIMBS = (BINS - 1) * STRIDE + LIMBS_OF_BIN;

  /** No fold's sum has a bin as great. */
  private static final BigInteger BIN_LIMIT = BigInteger.ONE.shiftLeft(200);

  private static final int NAN_FLAG = 1;
  private static final int POSITIVE_INFINITY_FLAG = 2;
  private static final int NEGATIVE_INFINITY_FLAG = 4;

  private static final VarHandle BITS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final long[] limbs = new long[BINS * LIMBS_OF_BIN];
  private boolean nan;
  private boolean positiveInfinity;
  private boolean negativeInfinity;

  /** Adds a. */
  public void add(int a) {
    addProduct(a, Floats.ONE);
  }

  /** Adds float32 that lie one behind the other, big-endian. */
  public void addAll(byte[] bytes, int from, int count) {
    for (int at = from; at < from + count * Integer.BYTES; at += Integer.BYTES) {
      addProduct((int) BITS.get(bytes, at), Floats.ONE);
    }
  }

  /** Adds the products of pairs of float32 that lie one behind the other, big-endian. */
  public void addProducts(byte[] a, int fromA, byte[] b, int fromB, int count) {
    for (int at = 0; at < count * Integer.BYTES; at += Integer.BYTES) {
      addProduct((int) BITS.get(a, fromA + at), (int) BITS.get(b, fromB + at));
    }
  }

  /** Adds a·b, not rounded. */
  public void addProduct(int a, int b) {
    if (!isFinite(a) || !isFinite(b)) {
      addWithoutNumbers(Float32.canonical(a), Float32.canonical(b), isNegative(a ^ b));
      return;
    }
    long product = (long) significand(a) * significand(b);
    int position = exponent(a) + exponent(b) - UNIT_EXPONENT;
    int limb = position / BIN_BITS * LIMBS_OF_BIN + position % BIN_BITS / LIMB_BITS;
    int shift = position % LIMB_BITS;
    long low = product << shift;
    // In two steps: a shift by 64 would be none.
    long high = product >>> 1 >>> (Long.SIZE - 1 - shift);
    long sign = (a ^ b) >> (Integer.SIZE - 1) | 1;
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

  /**
   * The sum in bytes: the four bins as signed words, big-endian, and the flags. With a flag the
   * bins mean nothing any more, and are zero: so equal terms make equal bytes, in whatever portions
   * they are added.
   */
  public byte[] encoded() {
    byte[] encoded = new byte[ENCODED_LENGTH];
    int flags =
        (nan ? NAN_FLAG : 0)
            | (positiveInfinity ? POSITIVE_INFINITY_FLAG : 0)
            | (negativeInfinity ? NEGATIVE_INFINITY_FLAG : 0);
    encoded[ENCODED_LENGTH - 1] = (byte) flags;
    for (int bin = 0; bin < BINS && flags == 0; bin++) {
      long carry = 0;
      for (int limb = 0; limb < LIMBS_OF_BIN; limb++) {
        carry += limbs[bin * LIMBS_OF_BIN + limb];
        BITS.set(encoded, (bin + 1) * BIN_LENGTH - (limb + 1) * Integer.BYTES, (int) carry);
        carry >>= LIMB_BITS;
      }
    }
    return encoded;
  }

  /** The sum whose {@link #encoded} bytes these can be; nothing if they are no sum's. */
  public static Optional<ExactSum> decoded(byte[] encoded) {
    int flags = encoded.length == ENCODED_LENGTH ? encoded[ENCODED_LENGTH - 1] : -1;
    if (flags < 0 || flags > (NAN_FLAG | POSITIVE_INFINITY_FLAG | NEGATIVE_INFINITY_FLAG)) {
      return Optional.empty();
    }
    ExactSum sum = new ExactSum();
    BigInteger limit = flags == 0 ? BIN_LIMIT : BigInteger.ONE;
    for (int bin = 0; bin < BINS; bin++) {
      if (new BigInteger(encoded, bin * BIN_LENGTH, BIN_LENGTH).abs().compareTo(limit) >= 0) {
        return Optional.empty();
      }
      for (int limb = 0; limb < LIMBS_OF_BIN; limb++) {
        long bits = (int) BITS.get(encoded, (bin + 1) * BIN_LENGTH - (limb + 1) * Integer.BYTES);
        // The highest one has the sign.
        sum.limbs[bin * LIMBS_OF_BIN + limb] = limb == LIMBS_OF_BIN - 1 ? bits : bits & LIMB_MASK;
      }
    }
    sum.nan = (flags & NAN_FLAG) != 0;
    sum.positiveInfinity = (flags & POSITIVE_INFINITY_FLAG) != 0;
    sum.negativeInfinity = (flags & NEGATIVE_INFINITY_FLAG) != 0;
    return Optional.of(sum);
  }

  /** The sum with all limbs but the last, which has the sign, within 32 bits. */
  private long[] carried() {
    long[] value = new long[LIMBS];
    for (int limb = 0; limb < limbs.length; limb++) {
      value[limb / LIMBS_OF_BIN * STRIDE + limb % LIMBS_OF_BIN] += limbs[limb];
    }
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
