package ai.opengradient.canon.commitment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keccak-256 with the original padding, as Ethereum uses it (not SHA3-256): rate 136 bytes, 24
 * rounds. One instance hashes one message at a time and may be used again after {@link #digest}.
 * Not for use by several threads.
 *
 * <p>Source: the Keccak reference, version 3.0 (keccak.team).
 */
public final class Keccak256 {
  private static final int RATE = 136;
  private static final int ROUNDS = 24;
  private static final int LANES = 25;
  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long[] ROUND_CONSTANTS = roundConstants();

  private final long[] state = new long[LANES];

  /** Where the lanes are after each odd round. */
  private final long[] other = new long[LANES];

  private final byte[] block = new byte[RATE];
  private int filled;

  /** The hash of the parts one after the other. */
  public static Hash hash(byte[]... parts) {
    Keccak256 keccak = new Keccak256();
    for (byte[] part : parts) {
      keccak.update(part, 0, part.length);
    }
    return keccak.digest();
  }

  /** Adds one byte. */
  public Keccak256 update(int value) {
    block[filled++] = (byte) value;
    absorbIfFull();
    return this;
  }

  /** Adds a range of bytes. */
  public Keccak256 update(byte[] bytes, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      int taken = Math.min(RATE - filled, end - from);
      System.arraycopy(bytes, from, block, filled, taken);
      filled += taken;
      from += taken;
      absorbIfFull();
    }
    return this;
  }

  /** Adds what remains of the buffer and leaves it empty. */
  public Keccak256 update(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      int taken = Math.min(RATE - filled, bytes.remaining());
      bytes.get(block, filled, taken);
      filled += taken;
      absorbIfFull();
    }
    return this;
  }

  /** The hash of everything added since the start or the last digest; the instance starts anew. */
  public Hash digest() {
    byte[] digest = new byte[Hash.LENGTH];
    digest(digest, 0);
    return Hash.ofOwn(digest);
  }

  /** The same, written into an array from a place on. */
  public void digest(byte[] target, int at) {
    Arrays.fill(block, filled, RATE, (byte) 0);
    block[filled] ^= 0x01;
    block[RATE - 1] ^= (byte) 0x80;
    filled = RATE;
    absorbIfFull();
    for (int lane = 0; lane < Hash.LENGTH / Long.BYTES; lane++) {
      LITTLE_ENDIAN_LONG.set(target, at + lane * Long.BYTES, state[lane]);
    }
    Arrays.fill(state, 0);
  }

  private void absorbIfFull() {
    if (filled < RATE) {
      return;
    }
    for (int lane = 0; lane < RATE / Long.BYTES; lane++) {
      state[lane] ^= (long) LITTLE_ENDIAN_LONG.get(block, lane * Long.BYTES);
    }
    permute();
    filled = 0;
  }

  /**
   * All rounds, the lanes going from one array to the other and back: a is the reference's A, with
   * A[x, y] at x + 5·y, and B is never there but for the row that is made of it. So the lanes that
   * are at work fit the registers of usual processors.
   */
  private void permute() {
    long[] a = state;
    long[] next = other;
    for (long constant : ROUND_CONSTANTS) {
      // θ
      long c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
      long c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
      long c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
      long c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
      long c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
      long d0 = c4 ^ Long.rotateLeft(c1, 1);
      long d1 = c0 ^ Long.rotateLeft(c2, 1);
      long d2 = c1 ^ Long.rotateLeft(c3, 1);
      long d3 = c2 ^ Long.rotateLeft(c4, 1);
      long d4 = c3 ^ Long.rotateLeft(c0, 1);
      // ρ, π and χ, and ι with the first row
      long b0 = a[0] ^ d0;
      long b1 = Long.rotateLeft(a[6] ^ d1, 44);
      long b2 = Long.rotateLeft(a[12] ^ d2, 43);
      long b3 = Long.rotateLeft(a[18] ^ d3, 21);
      long b4 = Long.rotateLeft(a[24] ^ d4, 14);
      next[0] = b0 ^ (~b1 & b2) ^ constant;
      next[1] = b1 ^ (~b2 & b3);
      next[2] = b2 ^ (~b3 & b4);
      next[3] = b3 ^ (~b4 & b0);
      next[4] = b4 ^ (~b0 & b1);
      b0 = Long.rotateLeft(a[3] ^ d3, 28);
      b1 = Long.rotateLeft(a[9] ^ d4, 20);
      b2 = Long.rotateLeft(a[10] ^ d0, 3);
      b3 = Long.rotateLeft(a[16] ^ d1, 45);
      b4 = Long.rotateLeft(a[22] ^ d2, 61);
      next[5] = b0 ^ (~b1 & b2);
      next[6] = b1 ^ (~b2 & b3);
      next[7] = b2 ^ (~b3 & b4);
      next[8] = b3 ^ (~b4 & b0);
      next[9] = b4 ^ (~b0 & b1);
      b0 = Long.rotateLeft(a[1] ^ d1, 1);
      b1 = Long.rotateLeft(a[7] ^ d2, 6);
      b2 = Long.rotateLeft(a[13] ^ d3, 25);
      b3 = Long.rotateLeft(a[19] ^ d4, 8);
      b4 = Long.rotateLeft(a[20] ^ d0, 18);
      next[10] = b0 ^ (~b1 & b2);
      next[11] = b1 ^ (~b2 & b3);
      next[12] = b2 ^ (~b3 & b4);
      next[13] = b3 ^ (~b4 & b0);
      next[14] = b4 ^ (~b0 & b1);
      b0 = Long.rotateLeft(a[4] ^ d4, 27);
      b1 = Long.rotateLeft(a[5] ^ d0, 36);
      b2 = Long.rotateLeft(a[11] ^ d1, 10);
      b3 = Long.rotateLeft(a[17] ^ d2, 15);
      b4 = Long.rotateLeft(a[23] ^ d3, 56);
      next[15] = b0 ^ (~b1 & b2);
      next[16] = b1 ^ (~b2 & b3);
      next[17] = b2 ^ (~b3 & b4);
      next[18] = b3 ^ (~b4 & b0);
      next[19] = b4 ^ (~b0 & b1);
      b0 = Long.rotateLeft(a[2] ^ d2, 62);
      b1 = Long.rotateLeft(a[8] ^ d3, 55);
      b2 = Long.rotateLeft(a[14] ^ d4, 39);
      b3 = Long.rotateLeft(a[15] ^ d0, 41);
      b4 = Long.rotateLeft(a[21] ^ d1, 2);
      next[20] = b0 ^ (~b1 & b2);
      next[21] = b1 ^ (~b2 & b3);
      next[22] = b2 ^ (~b3 & b4);
      next[23] = b3 ^ (~b4 & b0);
      next[24] = b4 ^ (~b0 & b1);
      long[] done = a;
      a = next;
      next = done;
    }
  }

  /**
   * The constants of the step ι, from the reference's shift register over x^8 + x^6 + x^5 + x^4 +
   * 1.
   */
  private static long[] roundConstants() {
    long[] constants = new long[ROUNDS];
    int register = 1;
    for (int round = 0; round < ROUNDS; round++) {
      for (int bit = 0; bit < 7; bit++) {
        if ((register & 1) != 0) {
          constants[round] |= 1L << ((1 << bit) - 1);
        }
        register <<= 1;
        if ((register & 0x100) != 0) {
          register ^= 0x171;
        }
      }
    }
    return constants;
  }
}
