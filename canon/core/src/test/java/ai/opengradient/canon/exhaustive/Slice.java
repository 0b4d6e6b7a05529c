package ai.opengradient.canon.exhaustive;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.tensor.Float32;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The 2^24 arguments whose bits have the same first byte.
 *
 * @param number that byte, 0 to 255
 */
public record Slice(int number) {
  public static final int SLICES = 256;
  public static final int ARGUMENTS = 1 << 24;

  private static final int SIGN_SLICE = 0x80;

  /** The bits of the first argument. */
  public int first() {
    return number * ARGUMENTS;
  }

  /** The slice of the same magnitudes with the other sign. */
  Slice mirrored() {
    return new Slice(number ^ SIGN_SLICE);
  }

  /** The function's results, four bytes each. */
  byte[] results(UnaryFunction function) {
    ByteBuffer results = ByteBuffer.allocate(ARGUMENTS * Integer.BYTES);
    for (int offset = 0; offset < ARGUMENTS; offset++) {
      results.putInt(function.apply(Float32.canonical(first() + offset)));
    }
    return results.array();
  }

  /** SHA-256 of a slice's results, as hexadecimal digits. */
  static String digest(byte[] results) {
    return HexFormat.of().formatHex(CodeDigest.sha256().digest(results));
  }

  @Override
  public String toString() {
    return "%02x".formatted(number);
  }
}
