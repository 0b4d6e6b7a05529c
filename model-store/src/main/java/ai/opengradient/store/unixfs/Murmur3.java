package ai.opengradient.store.unixfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first half of the hash MurmurHash3_x64_128 with seed 0, by which large directories are
 * sharded.
 *
 * <p>Source: the UnixFS specification, HAMT directories; MurmurHash3 is in the public domain.
 */
final class Murmur3 {
  private static final int BLOCK_LENGTH = 16;
  private static final long FIRST_FACTOR = 0x87c37b91114253d5L;
  private static final long SECOND_FACTOR = 0x4cf5ad432745937fL;

  private Murmur3() {}

  static long hash(byte[] bytes) {
    ByteBuffer input = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long first = 0;
    long second = 0;
    while (input.remaining() >= BLOCK_LENGTH) {
      first ^= scrambledFirst(input.getLong());
      first = (Long.rotateLeft(first, 27) + second) * 5 + 0x52dce729;
      second ^= scrambledSecond(input.getLong());
      second = (Long.rotateLeft(second, 31) + first) * 5 + 0x38495ab5;
    }
    ByteBuffer rest = ByteBuffer.allocate(BLOCK_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    rest.put(input).rewind();
    first ^= scrambledFirst(rest.getLong()) ^ bytes.length;
    second ^= scrambledSecond(rest.getLong()) ^ bytes.length;
    first += second;
    second += first;
    return mixed(first) + mixed(second);
  }

  private static long scrambledFirst(long word) {
    return Long.rotateLeft(word * FIRST_FACTOR, 31) * SECOND_FACTOR;
  }

  private static long scrambledSecond(long word) {
    return Long.rotateLeft(word * SECOND_FACTOR, 33) * FIRST_FACTOR;
  }

  private static long mixed(long word) {
    long mixed = (word ^ word >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
