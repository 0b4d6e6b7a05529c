package ai.opengradient.store.bench;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** As many bytes as wanted, which a seed says completely and none of which is kept. */
final class RandomStream extends InputStream {
  private final SplittableRandom random;
  private final ByteBuffer word = ByteBuffer.allocate(Long.BYTES).limit(0);
  private long left;

  RandomStream(long seed, long length) {
    random = new SplittableRandom(seed);
    left = length;
  }

  @Override
  public int read() {
    if (left == 0) {
      return -1;
    }
    left--;
    if (!word.hasRemaining()) {
      word.clear().putLong(random.nextLong()).flip();
    }
    return word.get() & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (left == 0 && length > 0) {
      return -1;
    }
    int count = (int) Math.min(left, length);
    for (int index = 0; index < count; index++) {
      target[offset + index] = (byte) read();
    }
    return count;
  }
}
