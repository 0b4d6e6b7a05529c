package ai.opengradient.canon.commitment;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/** What most commitments hash: a tag of one byte, then words of 32 bytes, big-endian. */
public final class Words {
  private final Keccak256 keccak = new Keccak256();

  private Words() {}

  /** Begins with the tag. */
  public static Words tagged(int tag) {
    Words words = new Words();
    words.keccak.update(tag);
    return words;
  }

  /**
   * Adds a number from 0.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Words add(long value) {
    if (value < 0) {
      throw new IllegalArgumentException(value + " does not fit a word of 32 bytes");
    }
    keccak.update(ByteBuffer.allocate(Hash.LENGTH).putLong(Hash.LENGTH - Long.BYTES, value));
    return this;
  }

  /**
   * Adds a number from 0.
   *
   * @throws IllegalArgumentException if it does not fit a word
   */
  public Words add(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > Hash.LENGTH * Byte.SIZE) {
      throw new IllegalArgumentException(value + " does not fit a word of 32 bytes");
    }
    byte[] bytes = value.toByteArray();
    // A leading zero byte may be the sign's.
    int length = Math.min(bytes.length, Hash.LENGTH);
    keccak.update(new byte[Hash.LENGTH - length], 0, Hash.LENGTH - length);
    keccak.update(bytes, bytes.length - length, length);
    return this;
  }

  public Words add(Hash hash) {
    hash.addTo(keccak);
    return this;
  }

  /** The hash of all of it. Nothing can be added after it. */
  public Hash hash() {
    return keccak.digest();
  }
}
