package ai.opengradient.store;

import java.io.InputStream;

/** Files that a seed and a size say completely; the script of the golden vectors makes the same. */
public final class SeededFiles {
  private SeededFiles() {}

  /** The whole file. */
  public static byte[] bytes(int seed, int size) {
    byte[] bytes = new byte[size];
    for (int index = 0; index < size; index++) {
      bytes[index] = at(seed, index);
    }
    return bytes;
  }

  /** The file as a stream that holds none of it. */
  public static InputStream stream(int seed, long size) {
    return new InputStream() {
      private long position;

      @Override
      public int read() {
        return position == size ? -1 : at(seed, position++) & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        if (position == size) {
          return -1;
        }
        int count = (int) Math.min(length, size - position);
        for (int index = 0; index < count; index++) {
          target[offset + index] = at(seed, position++);
        }
        return count;
      }
    };
  }

  private static byte at(int seed, long index) {
    return (byte) (seed + index + 7 * (index >> 8) + 13 * (index >> 16));
  }
}
