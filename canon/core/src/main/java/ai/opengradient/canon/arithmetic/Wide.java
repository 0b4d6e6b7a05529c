package ai.opengradient.canon.arithmetic;

import java.math.BigInteger;

/**
 * An unsigned integer of 128 bits, with which the functions compute in fixed point. Where the point
 * is, the user knows: "a Q127" is a number v held as v·2^127. Sums and differences are modulo
 * 2^128.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
record Wide(long high, long low) {
  static final int BITS = 128;
  static final Wide ZERO = new Wide(0, 0);

  /** 1 as a Q127. */
  static final Wide ONE_Q127 = new Wide(Long.MIN_VALUE, 0);

  /** The lower 128 bits of an integer. */
  static Wide of(BigInteger value) {
    return new Wide(value.shiftRight(Long.SIZE).longValue(), value.longValue());
  }

  Wide plus(Wide other) {
    long sum = low + other.low;
    return new Wide(high + other.high + carry(low, sum), sum);
  }

  Wide minus(Wide other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new Wide(high - other.high - borrow, low - other.low);
  }

  Wide negated() {
    return ZERO.minus(this);
  }

  /** {@code positive ? this + other : this − other}. */
  Wide plus(boolean positive, Wide other) {
    return positive ? plus(other) : minus(other);
  }

  boolean isBelow(Wide other) {
    int order = Long.compareUnsigned(high, other.high);
    return order < 0 || (order == 0 && Long.compareUnsigned(low, other.low) < 0);
  }

  /**
   * The product shifted right by 128, at most 3 below the exact one. If the factor is a Q128, a
   * fraction, then the product has the point where this number has it.
   */
  Wide times(Wide factor) {
    return new Wide(
        productHigh(high, low, factor.high, factor.low),
        productLow(high, low, factor.high, factor.low));
  }

  /** The product modulo 2^128 with a factor of 0 or more. */
  Wide times(int factor) {
    return new Wide(high * factor + Math.unsignedMultiplyHigh(low, (long) factor), low * factor);
  }

  /** The lower half of the upper half of a product of 256 bits, but for carries from below. */
  private static long productLow(long aHigh, long aLow, long bHigh, long bLow) {
    return aHigh * bHigh
        + Math.unsignedMultiplyHigh(aHigh, bLow)
        + Math.unsignedMultiplyHigh(aLow, bHigh);
  }

  private static long productHigh(long aHigh, long aLow, long bHigh, long bLow) {
    long first = aHigh * bHigh;
    long second = first + Math.unsignedMultiplyHigh(aHigh, bLow);
    long third = second + Math.unsignedMultiplyHigh(aLow, bHigh);
    return Math.unsignedMultiplyHigh(aHigh, bHigh) + carry(first, second) + carry(second, third);
  }

  /** The carry out of an addition of 64 bits that made the sum of a summand. */
  private static long carry(long summand, long sum) {
    return Long.compareUnsigned(sum, summand) < 0 ? 1 : 0;
  }

  /** Shifted left by 0 to 127. */
  Wide shiftedLeft(int distance) {
    if (distance >= Long.SIZE) {
      return new Wide(low << distance, 0);
    }
    // In two steps: a shift by 64 would be none.
    return new Wide(high << distance | low >>> 1 >>> (Long.SIZE - 1 - distance), low << distance);
  }

  /** Shifted right by 0 or more. */
  Wide shiftedRight(int distance) {
    if (distance >= BITS) {
      return ZERO;
    }
    if (distance >= Long.SIZE) {
      return new Wide(0, high >>> distance);
    }
    return new Wide(high >>> distance, low >>> distance | high << 1 << (Long.SIZE - 1 - distance));
  }

  /** Shifted left by a positive distance, right by a negative one. */
  Wide shifted(int distance) {
    return distance >= 0 ? shiftedLeft(distance) : shiftedRight(-distance);
  }

  int leadingZeros() {
    return high == 0 ? Long.SIZE + Long.numberOfLeadingZeros(low) : Long.numberOfLeadingZeros(high);
  }

  /**
   * ⌊this·2^128 / divisor⌋ of a number below the divisor, whose highest bit is set.
   *
   * <p>Source: Knuth, The Art of Computer Programming, vol. 2, 4.3.1, algorithm D, with digits of
   * 32 bits.
   */
  Wide over(Wide divisor) {
    long divisorTop = divisor.high >>> Integer.SIZE;
    Wide rest = this;
    Wide quotient = ZERO;
    for (int digits = 0; digits < BITS / Integer.SIZE; digits++) {
      long digit = Math.min(Long.divideUnsigned(rest.high, divisorTop), 0xffffffffL);
      // rest·2^32 − digit·divisor, modulo 2^128; the 32 bits above tell whether it is negative.
      long overflow = rest.high >>> Integer.SIZE;
      long productTop = Math.unsignedMultiplyHigh(divisor.high, digit);
      Wide product =
          new Wide(divisor.high * digit, 0)
              .plus(new Wide(Math.unsignedMultiplyHigh(divisor.low, digit), divisor.low * digit));
      if (Long.compareUnsigned(product.high, divisor.high * digit) < 0) {
        productTop++;
      }
      Wide shifted = rest.shiftedLeft(Integer.SIZE);
      long top = overflow - productTop - (shifted.isBelow(product) ? 1 : 0);
      rest = shifted.minus(product);
      while (top < 0) {
        digit--;
        Wide restored = rest.plus(divisor);
        if (restored.isBelow(rest)) {
          top++;
        }
        rest = restored;
      }
      quotient = quotient.shiftedLeft(Integer.SIZE).plus(new Wide(0, digit));
    }
    return quotient;
  }
}
