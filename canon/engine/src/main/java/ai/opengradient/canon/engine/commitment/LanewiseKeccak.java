package ai.opengradient.canon.engine.commitment;

import static ai.opengradient.canon.engine.commitment.LanewisePermutation.LANES;

import ai.opengradient.canon.commitment.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keccak-256 with the original padding of several messages at once, one in each lane of a vector.
 * All of them are one tag and a payload of one length. Not for use by several threads.
 *
 * <p>Source: the Keccak reference, version 3.0 (keccak.team).
 */
final class LanewiseKeccak {
  private static final int RATE_WORDS = 17;
  private static final int HASH_WORDS = Hash.LENGTH / Long.BYTES;
  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int tag;
  private final int payloadLength;

  /** The padded messages: word w of the one in lane l at w · LANES + l. */
  private final long[] padded;

  private final long[] states = new long[LanewisePermutation.WORDS * LANES];

  /**
   * For messages of one shape.
   *
   * @param tag one byte, 0 to 255
   * @param payloadLength bytes, a multiple of 8
   */
  LanewiseKeccak(int tag, int payloadLength) {
    this.tag = tag;
    this.payloadLength = payloadLength;
    int blocks = payloadLength / (RATE_WORDS * Long.BYTES) + 1;
    padded = new long[blocks * RATE_WORDS * LANES];
  }

  /**
   * Hashes messages.
   *
   * @param payloads the messages' payloads one after the other, from the array's start
   * @param count how many there are; best a multiple of {@code LANES}
   * @param hashes takes the hashes one after the other, 32 bytes each
   * @param offset where in {@code hashes} the first one goes
   */
  void hash(byte[] payloads, int count, byte[] hashes, int offset) {
    for (int first = 0; first < count; first += LANES) {
      int lanes = Math.min(LANES, count - first);
      for (int lane = 0; lane < lanes; lane++) {
        pad(payloads, (first + lane) * payloadLength, lane);
      }
      absorb();
      for (int lane = 0; lane < lanes; lane++) {
        squeeze(lane, hashes, offset + (first + lane) * Hash.LENGTH);
      }
    }
  }

  /** Writes tag, payload and padding into a lane; the tag shifts every word by a byte. */
  private void pad(byte[] payloads, int from, int lane) {
    int at = lane;
    long carried = tag;
    for (int read = 0; read < payloadLength; read += Long.BYTES) {
      long word = (long) LITTLE_ENDIAN_LONG.get(payloads, from + read);
      padded[at] = (word << Byte.SIZE) | carried;
      carried = word >>> (Long.SIZE - Byte.SIZE);
      at += LANES;
    }
    padded[at] = (0x01L << Byte.SIZE) | carried;
    padded[padded.length - LANES + lane] |= 0x80L << (Long.SIZE - Byte.SIZE);
  }

  private void absorb() {
    Arrays.fill(states, 0);
    for (int block = 0; block < padded.length; block += RATE_WORDS * LANES) {
      for (int word = 0; word < RATE_WORDS * LANES; word++) {
        states[word] ^= padded[block + word];
      }
      LanewisePermutation.permute(states);
    }
  }

  private void squeeze(int lane, byte[] hashes, int offset) {
    for (int word = 0; word < HASH_WORDS; word++) {
      LITTLE_ENDIAN_LONG.set(hashes, offset + word * Long.BYTES, states[word * LANES + lane]);
    }
  }
}
