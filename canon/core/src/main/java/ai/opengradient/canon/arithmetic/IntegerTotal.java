package ai.opengradient.canon.arithmetic;

import java.math.BigInteger;

/**
 * A sum of integers and of products of two of them, of 64 bits each, modulo 2^256: DOT and SUM of
 * integers. Up to 2^30 terms. Not for use by several threads.
 *
 * <p>Source: section 6 of {@code docs/canon.md}. Sums of such folds are modulo a lesser power; all
 * 256 bits count where a sum is written down, as {@code contracts/canon/steps/Fold.sol} does.
 */
public final class IntegerTotal {
  /** Bytes of a total that is written down. */
  public static final int ENCODED_LENGTH = 32;

  private static final int LIMB_BITS = 32;
  private static final long LIMB_MASK = (1L << LIMB_BITS) - 1;

  /** What was there before any term. */
  private final BigInteger start;

  /** Of 32 bits that are carried into 64, the highest one signed. */
  private final long[] limbs = new long[4];

  public IntegerTotal() {
    this(BigInteger.ZERO);
  }

  private IntegerTotal(BigInteger start) {
    this.start = start;
  }

  /**
   * The total that is written so.
   *
   * @param bytes 32 of them
   */
  public static IntegerTotal decoded(byte[] bytes) {
    return new IntegerTotal(new BigInteger(bytes, 0, ENCODED_LENGTH));
  }

  /** Adds a. */
  public void add(long a) {
    addProduct(a, 1);
  }

  /** Adds a·b. */
  public void addProduct(long a, long b) {
    long low = a * b;
    long high = Math.multiplyHigh(a, b);
    limbs[0] += low & LIMB_MASK;
    limbs[1] += low >>> LIMB_BITS;
    limbs[2] += high & LIMB_MASK;
    limbs[3] += high >> LIMB_BITS;
  }

  /** The total modulo 2^64. */
  public long low() {
    return start.longValue() + limbs[0] + (limbs[1] << LIMB_BITS);
  }

  /** The total as a signed word, big-endian. */
  public byte[] encoded() {
    BigInteger total = start;
    for (int limb = 0; limb < limbs.length; limb++) {
      total = total.add(BigInteger.valueOf(limbs[limb]).shiftLeft(limb * LIMB_BITS));
    }
    byte[] encoded = new byte[ENCODED_LENGTH];
    for (int at = 0; at < ENCODED_LENGTH; at++) {
      encoded[at] = total.shiftRight((ENCODED_LENGTH - 1 - at) * Byte.SIZE).byteValue();
    }
    return encoded;
  }
}
