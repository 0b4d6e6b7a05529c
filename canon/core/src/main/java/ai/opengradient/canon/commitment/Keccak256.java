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

  /**
   * The lanes in the order in which π moves each to the place of the next, from lane 1 back to it.
   */
  private static final int[] CYCLE = new int[LANES];

  /** By step along the cycle, how far ρ rotates the lane that moves there. */
  private static final int[] ROTATIONS = new int[LANES];

  static {
    int x = 1;
    int y = 0;
    for (int step = 0; step < LANES; step++) {
      CYCLE[step] = x + 5 * y;
      ROTATIONS[step] = step * (step + 1) / 2 % Long.SIZE;
      int nextY = (2 * x + 3 * y) % 5;
      x = y;
      y = nextY;
    }
  }

  private final long[] state = new long[LANES];
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
    return update(ByteBuffer.wrap(bytes, offset, length));
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
    Arrays.fill(block, filled, RATE, (byte) 0);
    block[filled] ^= 0x01;
    block[RATE - 1] ^= (byte) 0x80;
    filled = RATE;
    absorbIfFull();
    byte[] digest = new byte[Hash.LENGTH];
    for (int lane = 0; lane < Hash.LENGTH / Long.BYTES; lane++) {
      LITTLE_ENDIAN_LONG.set(digest, lane * Long.BYTES, state[lane]);
    }
    Arrays.fill(state, 0);
    return Hash.of(digest);
  }

  private void absorbIfFull() {
    if (filled < RATE) {
      return;
    }
    for (int lane = 0; lane < RATE / Long.BYTES; lane++) {
      state[lane] ^= (long) LITTLE_ENDIAN_LONG.get(block, lane * Long.BYTES);
    }
    permute(state);
    filled = 0;
  }

  private static void permute(long[] lanes) {
    long[] parity = new long[5];
    for (int round = 0; round < ROUNDS; round++) {
      mixColumns(lanes, parity);
      rotateAndMove(lanes);
      mixRows(lanes);
      lanes[0] ^= ROUND_CONSTANTS[round];
    }
  }

  /** The step θ. */
  private static void mixColumns(long[] lanes, long[] parity) {
    for (int x = 0; x < 5; x++) {
      parity[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
    }
    mixColumn(lanes, 0, parity[4], parity[1]);
    mixColumn(lanes, 1, parity[0], parity[2]);
    mixColumn(lanes, 2, parity[1], parity[3]);
    mixColumn(lanes, 3, parity[2], parity[4]);
    mixColumn(lanes, 4, parity[3], parity[0]);
  }

  private static void mixColumn(long[] lanes, int x, long before, long after) {
    long change = before ^ Long.rotateLeft(after, 1);
    for (int lane = x; lane < LANES; lane += 5) {
      lanes[lane] ^= change;
    }
  }

  /** The steps ρ and π: follows the one cycle that π makes of all lanes but the first. */
  private static void rotateAndMove(long[] lanes) {
    long moving = lanes[CYCLE[0]];
    for (int step = 1; step < LANES; step++) {
      int next = CYCLE[step];
      long displaced = lanes[next];
      lanes[next] = Long.rotateLeft(moving, ROTATIONS[step]);
      moving = displaced;
    }
  }

  /** The step χ. */
  private static void mixRows(long[] lanes) {
    for (int y = 0; y < LANES; y += 5) {
      long first = lanes[y];
      long second = lanes[y + 1];
      lanes[y] ^= ~second & lanes[y + 2];
      lanes[y + 1] ^= ~lanes[y + 2] & lanes[y + 3];
      lanes[y + 2] ^= ~lanes[y + 3] & lanes[y + 4];
      lanes[y + 3] ^= ~lanes[y + 4] & first;
      lanes[y + 4] ^= ~first & second;
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
