package ai.opengradient.besu.precompile;

/**
 * The few fields of a call that tell how much there is to do, read in place and by their last four
 * bytes only: a price has to be known at once, and long before it is known whether it can be paid.
 *
 * <p>Where the bytes before these matter, a list is malformed, and the call fails; or it begins
 * before the call, and is empty, whatever is read here. So a list that is well formed and not empty
 * is found where it is, and a bill must not end because of one that is not.
 */
final class CallHeader {
  private static final int LAST_BYTES = CallData.WORD - Integer.BYTES;

  private final CallBytes call;

  CallHeader(CallBytes call) {
    this.call = call;
  }

  int length() {
    return call.length();
  }

  /** Four bytes, as an unsigned number; zero unless all of them are there. */
  long u32(long position) {
    boolean isThere = position >= 0 && position <= call.length() - Integer.BYTES;
    return isThere ? Integer.toUnsignedLong(call.intAt((int) position)) : 0;
  }

  /** One byte; zero if it isn't there. */
  int u8(long position) {
    // The last bytes of a call are never asked for alone, but for a descriptor's.
    return position >= Integer.BYTES - 1
        ? (int) (u32(position - Integer.BYTES + 1) & 0xff)
        : (int) (u32(position) >>> (Integer.SIZE - Byte.SIZE));
  }

  /** A word's number. */
  long word(long position) {
    return u32(position + LAST_BYTES);
  }

  /** An argument's number. */
  long argument(int number) {
    return word(CanonPrecompile.SELECTOR_LENGTH + (long) number * CallData.WORD);
  }

  /** Where an argument is that has an offset in its place. */
  long argumentTail(int number) {
    return CanonPrecompile.SELECTOR_LENGTH + argument(number);
  }

  /** Where something is that a field points to, forwards or backwards, from {@code base} on. */
  long tail(long base, long field) {
    return base + (int) word(field);
  }

  /** The length of an array, or zero if there isn't room for its elements. */
  long lengthAt(long position, int stride) {
    long length = word(position);
    return position + CallData.WORD + length * stride <= call.length() ? length : 0;
  }

  /** Whether a field's offset is the number that its last four bytes are. */
  boolean isExact(long field) {
    long sign = (int) word(field) < 0 ? 0xffff_ffffL : 0;
    for (long at = field; at < field + LAST_BYTES; at += Integer.BYTES) {
      if (u32(at) != sign) {
        return false;
      }
    }
    return true;
  }
}
