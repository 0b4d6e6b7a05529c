package ai.opengradient.canon.plain;

import ai.opengradient.canon.tensor.DataType;
import java.util.Random;

/** Elements to test with: corner cases come up as often as all others. */
final class RandomElements {
  private static final int[] FLOAT_CORNERS = {
    0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x00800000, 0x3f000000, 0x3f800000,
    0xbf800000, 0x3f800001, 0x4b800000, 0x4f000000, 0xcf000000, 0x5f000000, 0xdf000000, 0x7f7fffff,
    0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x7f800001, 0xffc12345
  };
  private static final long[] INTEGER_CORNERS = {
    0,
    1,
    -1,
    2,
    7,
    8,
    31,
    32,
    63,
    64,
    127,
    128,
    255,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    (1L << 53) + 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private RandomElements() {}

  /** An element of the dtype, a float32 not always in canonical form. */
  static long element(DataType type, Random random) {
    return switch (type) {
      case FLOAT32 -> float32(random);
      case BOOL -> random.nextInt(2);
      case UINT8, INT8, INT32, INT64 -> narrowed(type, integer(random));
    };
  }

  /** A third each: corners, any bits, and numbers of like magnitude, whose sums round. */
  static int float32(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> FLOAT_CORNERS[random.nextInt(FLOAT_CORNERS.length)];
      case 1 -> random.nextInt();
      default -> Float.floatToRawIntBits((float) random.nextGaussian() * 100);
    };
  }

  /** The low bits of a number as an element of an integer dtype. */
  static long narrowed(DataType type, long value) {
    return switch (type) {
      case UINT8 -> value & 0xff;
      case INT8 -> (byte) value;
      case INT32 -> (int) value;
      case INT64 -> value;
      case FLOAT32, BOOL -> throw new IllegalArgumentException(type.label());
    };
  }

  private static long integer(Random random) {
    return random.nextBoolean()
        ? INTEGER_CORNERS[random.nextInt(INTEGER_CORNERS.length)]
        : random.nextLong() >> random.nextInt(Long.SIZE);
  }
}
