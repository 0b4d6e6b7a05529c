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
    long[] row = new long[5];
    for (int round = 0; round < ROUNDS; round++) {
      mixColumns(lanes, parity);
      rotateAndMove(lanes);
      mixRows(lanes, row);
      lanes[0] ^= ROUND_CONSTANTS[round];
    }
  }

  /** The step θ. */
  private static void mixColumns(long[] lanes, long[] parity) {
    for (int x = 0; x < 5; x++) {
      parity[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
    }
    for (int x = 0; x < 5; x++) {
      long change = parity[(x + 4) % 5] ^ Long.rotateLeft(parity[(x + 1) % 5], 1);
      for (int y = 0; y < LANES; y += 5) {
        lanes[x + y] ^= change;
      }
    }
  }

  /** The steps ρ and π: follows the one cycle that π makes of all lanes but the first. */
  private static void rotateAndMove(long[] lanes) {
    int x = 1;
    int y = 0;
    long moving = lanes[1];
    int rotation = 0;
    for (int step = 1; step < LANES; step++) {
      rotation += step;
      int nextY = (2 * x + 3 * y) % 5;
      x = y;
      y = nextY;
      long displaced = lanes[x + 5 * y];
      lanes[x + 5 * y] = Long.rotateLeft(moving, rotation);
      moving = displaced;
    }
  }

  /** The step χ. */
  private static void mixRows(long[] lanes, long[] row) {
    for (int y = 0; y < LANES; y += 5) {
      System.arraycopy(lanes, y, row, 0, 5);
      for (int x = 0; x < 5; x++) {
        lanes[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
      }
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
