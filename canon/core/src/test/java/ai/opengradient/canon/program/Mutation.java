package ai.opengradient.canon.program;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Damages valid encodings as a stranger would: here and there, so that most of the structure stays.
 */
public final class Mutation {
  private static final int[] NUMBERS = {
    0,
    1,
    2,
    3,
    7,
    8,
    16,
    17,
    31,
    32,
    33,
    255,
    256,
    1024,
    65_535,
    65_536,
    65_537,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1,
    -2,
    0x3f800000,
    0x7fc00000,
    0x80000000
  };

  private final RandomGenerator random;
  private final List<byte[]> others;

  /**
   * Draws from here.
   *
   * @param others valid encodings, of which pieces are grafted
   */
  public Mutation(RandomGenerator random, List<byte[]> others) {
    this.random = random;
    this.others = List.copyOf(others);
  }

  /** A copy with one to three damages. */
  public byte[] of(byte[] encoding) {
    byte[] mutated = encoding.clone();
    for (int left = random.nextInt(1, 4); left > 0; left--) {
      mutated = once(mutated);
    }
    return mutated;
  }

  private byte[] once(byte[] bytes) {
    if (bytes.length == 0) {
      return pick();
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(8)) {
      case 0 -> with(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
      case 1 -> with(bytes, at, (byte) random.nextInt());
      case 2 -> with(bytes, at, (byte) random.nextInt(12));
      case 3, 4 -> withNumber(bytes, at);
      case 5 -> joined(bytes, 0, at, bytes, Math.min(bytes.length, at + random.nextInt(9)));
      case 6 -> joined(bytes, 0, at, bytes, Math.max(0, at - random.nextInt(9)));
      default -> {
        byte[] other = pick();
        yield joined(bytes, 0, at, other, random.nextInt(other.length + 1));
      }
    };
  }

  private byte[] pick() {
    return others.get(random.nextInt(others.size()));
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  /** Four bytes become a number of those that lie at the edges of something. */
  private byte[] withNumber(byte[] bytes, int at) {
    if (bytes.length - at >= Integer.BYTES) {
      ByteBuffer.wrap(bytes).putInt(at, NUMBERS[random.nextInt(NUMBERS.length)]);
    }
    return bytes;
  }

  /**
   * The first one's bytes from a place to another, and the second one's from a place to its end.
   */
  private static byte[] joined(byte[] first, int from, int to, byte[] second, int rest) {
    return ByteBuffer.allocate(to - from + second.length - rest)
        .put(first, from, to - from)
        .put(second, rest, second.length - rest)
        .array();
  }
}
