package ai.opengradient.store.content;

import ai.opengradient.store.StoreException;
import java.nio.ByteBuffer;

/**
 * Unsigned integers of seven bits a byte, least significant first, in the shortest form only, at
 * most nine bytes.
 */
public final class Varint {
  /** Bytes of the longest number. */
  public static final int MAXIMUM_LENGTH = 9;

  private Varint() {}

  /**
   * The next number.
   *
   * @throws StoreException.InvalidContentId if there is none
   */
  static long read(ByteBuffer source) {
    long value = 0;
    for (int index = 0; index < MAXIMUM_LENGTH; index++) {
      if (!source.hasRemaining()) {
        throw new StoreException.InvalidContentId("the content id ends inside a number");
      }
      byte next = source.get();
      value |= (long) (next & 0x7f) << (7 * index);
      if (next >= 0) {
        if (next == 0 && index > 0) {
          throw new StoreException.InvalidContentId(
              "the content id has a number that is not in its shortest form");
        }
        return value;
      }
    }
    throw new StoreException.InvalidContentId("the content id has a number above 63 bits");
  }

  /** Appends a number that is not negative. */
  public static void write(long value, ByteBuffer target) {
    long rest = value;
    while (rest > 0x7f) {
      target.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    target.put((byte) rest);
  }
}
