package ai.opengradient.besu.precompile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * The bytes of a call, read as the decoders read them that solc 0.8.37 makes: lazily, and with no
 * other rules than theirs. A position may be any number: outside of the call there are zeros. Where
 * something is malformed, the call reverts with nothing.
 *
 * <p>Positions are longs. What goes beyond them is either refused at once, as with solc, whose
 * numbers have 256 bits, or stands for the same as {@link #BEFORE_ALL} or {@link #BEHIND_ALL}.
 */
final class CallData {
  static final int WORD = 32;

  private static final int QUARTERS = WORD / Long.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Greater than any length or offset that can be meant: offsets beyond it are all alike. */
  private static final long BEHIND_ALL = 1L << 61;

  /** So far before the call that nothing there is read as anything but zero. */
  private static final long BEFORE_ALL = -BEHIND_ALL;

  private static final int BITS = 256;

  private final byte[] bytes;

  CallData(byte[] bytes) {
    this.bytes = bytes;
  }

  /** An array's elements, or a byte string's bytes. */
  record Span(long position, int length) {}

  byte[] bytes() {
    return bytes;
  }

  /** Throws unless so many words of arguments are there. */
  void requireArguments(int words) {
    require(bytes.length - CanonPrecompile.SELECTOR_LENGTH >= words * WORD);
  }

  /** A word's number, or {@link #BEHIND_ALL} if it is greater. */
  long count(long position) {
    boolean isGreat =
        quarter(position, 0) != 0 || quarter(position, 1) != 0 || quarter(position, 2) != 0;
    long low = quarter(position, 3);
    return isGreat || low < 0 || low > BEHIND_ALL ? BEHIND_ALL : low;
  }

  /** A number that has to have at most so many bits, 31 at most of which matter to the caller. */
  private long number(long position, int bits) {
    long number = count(position);
    require(number >>> bits == 0);
    return number;
  }

  int u8(long position) {
    return (int) number(position, Byte.SIZE);
  }

  long u32(long position) {
    return number(position, Integer.SIZE);
  }

  /**
   * Eight bytes of the word there. A word that begins before the call begins far behind it, as solc
   * counts modulo 2^256, and has nothing of the call.
   */
  private long quarter(long position, int number) {
    long from = position + (long) number * Long.BYTES;
    if (position >= 0 && from <= bytes.length - Long.BYTES) {
      return (long) LONG.get(bytes, (int) from);
    }
    long quarter = 0;
    for (long at = from; at < from + Long.BYTES; at++) {
      boolean isThere = position >= 0 && at < bytes.length;
      quarter = quarter << Byte.SIZE | (isThere ? Byte.toUnsignedLong(bytes[(int) at]) : 0);
    }
    return quarter;
  }

  /** Whether 32 bytes there are those of {@code word}. */
  boolean has(long position, byte[] word) {
    for (int number = 0; number < QUARTERS; number++) {
      if (quarter(position, number) != (long) LONG.get(word, number * Long.BYTES)) {
        return false;
      }
    }
    return true;
  }

  /** Where a struct among the arguments begins, that has so many words of its own. */
  long argument(int number, int words) {
    long offset = count(CanonPrecompile.SELECTOR_LENGTH + (long) number * WORD);
    long position = CanonPrecompile.SELECTOR_LENGTH + offset;
    require(bytes.length - position >= (long) words * WORD);
    return position;
  }

  /** A byte string among the arguments. */
  Span byteStringArgument(int number) {
    long position = argument(number, 1);
    long length = count(position);
    require(length <= bytes.length - position - WORD);
    return new Span(position + WORD, (int) length);
  }

  /** A struct that a field points to, which counts from {@code base} on. */
  long struct(long base, long field, int words) {
    return tail(base, field, words, true);
  }

  /** A byte string that a field points to. */
  Span byteString(long base, long field) {
    return array(base, field, 1);
  }

  /** An array of words, or of what words point to. */
  Span words(long base, long field) {
    return array(base, field, WORD);
  }

  private Span array(long base, long field, int stride) {
    long position = tail(base, field, 1, false);
    long length = count(position);
    require(position + WORD <= bytes.length - Math.min(length, BEHIND_ALL / WORD) * stride);
    return new Span(position + WORD, (int) length);
  }

  /** What a field points to that has at least so many words: an offset may be negative, too. */
  private long tail(long base, long field, int words, boolean isStruct) {
    long top = quarter(field, 0);
    long second = quarter(field, 1);
    long third = quarter(field, 2);
    long low = quarter(field, 3);
    long sign = low >> (Long.SIZE - 1);
    if (top != sign || second != sign || third != sign || low <= BEFORE_ALL || low >= BEHIND_ALL) {
      require(top < 0);
      return farBefore(base, field, isStruct);
    }
    require(low < bytes.length - base - (long) words * WORD + 1);
    return base + low;
  }

  /**
   * Where one comes from the base by an offset that is less than any long: far before the call, or,
   * as solc counts modulo 2^256, far behind it. Of a list it is the elements that count, a word
   * further on. From the lowest numbers on, what a struct's fields point to is as good as behind
   * it, as the call's length less such a number is none of 255 bits.
   */
  private long farBefore(long base, long field, boolean isStruct) {
    byte[] word = new byte[WORD];
    for (int number = 0; number < QUARTERS; number++) {
      LONG.set(word, number * Long.BYTES, quarter(field, number));
    }
    BigInteger least = BigInteger.ONE.shiftLeft(BITS - 1).negate();
    least = least.add(BigInteger.valueOf(isStruct ? bytes.length - WORD + 2L : -WORD));
    BigInteger target = BigInteger.valueOf(base).add(new BigInteger(word));
    return target.compareTo(least) < 0 ? BEHIND_ALL : BEFORE_ALL;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw Reverted.empty();
    }
  }
}
