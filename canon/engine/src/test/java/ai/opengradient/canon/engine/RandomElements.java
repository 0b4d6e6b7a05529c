package ai.opengradient.canon.engine;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** Elements to test with, of kinds that make different ways of computing necessary. */
final class RandomElements {
  private static final int[] CORNERS = {
    0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x00800000, 0x3f000000, 0x3f800000,
    0xbf800000, 0x3f800001, 0x4b800000, 0x4f000000, 0xcf000000, 0x5f000000, 0xdf000000, 0x7f7fffff,
    0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x7f800001, 0xffc12345
  };

  /** A kind of float32 numbers. */
  enum Kind {
    /** As models have them. */
    EVERYDAY,
    /** Half of them zeros, of either sign. */
    SPARSE,
    /** Small integers and halves of them: sums are exact. */
    SHORT,
    /** Few bits, but far apart: sums lie exactly on the border between two float32. */
    TIES,
    /** A few large magnitudes of both signs, so that sums cancel. */
    CANCELLING,
    SUBNORMAL,
    /** Magnitudes whose products and sums are about the greatest number. */
    HUGE,
    ANY_BITS,
    CORNERS
  }

  private RandomElements() {}

  /** A tensor of one kind of elements, as somebody may give it. */
  static WholeTensor tensor(DataType type, int count, RandomGenerator random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    return tensor(type, count, random.nextInt(3) == 0 ? kind : Kind.EVERYDAY, random);
  }

  static WholeTensor tensor(DataType type, int count, Kind kind, RandomGenerator random) {
    ByteBuffer data = ByteBuffer.allocate(count * type.width());
    int smallness = random.nextInt(Long.SIZE);
    while (data.hasRemaining()) {
      switch (type) {
        case FLOAT32 -> data.putInt(float32(kind, random));
        case UINT8, INT8 -> data.put((byte) random.nextInt());
        case BOOL ->
            data.put((byte) (random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(2)));
        case INT32 -> data.putInt(random.nextInt() >> smallness);
        case INT64 -> data.putLong(random.nextLong() >> smallness);
      }
    }
    return new WholeTensor(type, count, data.flip());
  }

  private static int float32(Kind kind, RandomGenerator random) {
    return switch (kind) {
      case EVERYDAY -> bits(random.nextGaussian());
      case SPARSE ->
          random.nextBoolean() ? random.nextInt() & 0x80000000 : bits(random.nextGaussian());
      case SHORT -> bits(random.nextInt(-16, 17) / 2.0);
      case TIES -> bits(random.nextInt(3) == 0 ? 0x1p24 : random.nextInt(-2, 3));
      case CANCELLING ->
          random.nextBoolean()
              ? bits(Math.scalb(random.nextBoolean() ? 1.0 : -1.0, random.nextInt(30, 34)))
              : bits(random.nextGaussian());
      case SUBNORMAL -> random.nextInt() & 0x80ffffff;
      case HUGE -> bits(Math.scalb(random.nextGaussian(), random.nextInt(60, 127)));
      case ANY_BITS -> random.nextInt();
      case CORNERS -> CORNERS[random.nextInt(CORNERS.length)];
    };
  }

  private static int bits(double value) {
    return Float.floatToRawIntBits((float) value);
  }

  /** An element in the form that descriptors have. */
  static long canonical(DataType type, RandomGenerator random) {
    return tensor(type, 1, random).element(0);
  }
}
