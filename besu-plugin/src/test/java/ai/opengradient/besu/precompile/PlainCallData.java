package ai.opengradient.besu.precompile;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What {@link CallData} does, straight from the code that solc 0.8.37 makes for {@code
 * contracts/canon/Canon.sol}: numbers modulo 2^256, compared as that code compares them. Gives
 * nothing, null, where that code reverts.
 */
final class PlainCallData {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
  private static final BigInteger LENGTH_LIMIT = BigInteger.ONE.shiftLeft(64);

  private final byte[] call;
  private final BigInteger size;

  PlainCallData(byte[] call) {
    this.call = call;
    size = BigInteger.valueOf(call.length);
  }

  /** {@code calldataload}. */
  BigInteger load(BigInteger position) {
    byte[] word = new byte[32];
    BigInteger place = wrapped(position);
    if (place.compareTo(size) < 0) {
      int from = place.intValueExact();
      System.arraycopy(call, from, word, 0, Math.min(word.length, call.length - from));
    }
    return new BigInteger(1, word);
  }

  /** {@code access_calldata_tail_…} of a struct or an array whose head has so many bytes. */
  @Nullable BigInteger tail(BigInteger base, BigInteger field, int needed) {
    BigInteger relative = load(field);
    BigInteger room = wrapped(size.subtract(base).subtract(BigInteger.valueOf(needed - 1L)));
    return signed(relative).compareTo(signed(room)) < 0 ? wrapped(base.add(relative)) : null;
  }

  /** The same of an array, with its length: where its elements begin, and how many there are. */
  BigInteger @Nullable [] array(BigInteger base, BigInteger field, int stride) {
    BigInteger found = tail(base, field, 32);
    if (found == null) {
      return null;
    }
    BigInteger length = load(found);
    if (length.compareTo(LENGTH_LIMIT) >= 0) {
      return null;
    }
    BigInteger first = wrapped(found.add(BigInteger.valueOf(32)));
    BigInteger last = wrapped(size.subtract(length.multiply(BigInteger.valueOf(stride))));
    return signed(first).compareTo(signed(last)) > 0 ? null : new BigInteger[] {first, length};
  }

  /** Modulo 2^256. */
  static BigInteger wrapped(BigInteger number) {
    return number.mod(MODULUS);
  }

  /** As {@code slt} and {@code sgt} take it. */
  static BigInteger signed(BigInteger number) {
    return number.testBit(255) ? number.subtract(MODULUS) : number;
  }
}
