package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Between the protocol's tensors, big-endian, and ONNX Runtime's, in the machine's order; in place.
 */
final class ByteOrders {
  private static final int CHUNK = 4096;
  private static final int MAGNITUDE = 0x7fffffff;
  private static final int INFINITY = 0x7f800000;

  private ByteOrders() {}

  /**
   * Turns the elements from one order into the other; float32 values take their canonical form on
   * the way.
   */
  static void convert(ByteBuffer elements, DataType dataType, ByteOrder from, ByteOrder to) {
    ByteBuffer source = elements.duplicate().order(from);
    ByteBuffer target = elements.duplicate().order(to);
    switch (dataType) {
      case FLOAT32 -> convertFloats(source.asIntBuffer(), target.asIntBuffer());
      case INT32 -> target.asIntBuffer().put(source.asIntBuffer());
      case INT64 -> target.asLongBuffer().put(source.asLongBuffer());
      case UINT8, INT8, BOOL -> {}
    }
  }

  /** By chunks in an array, where the compiler makes vector instructions of the loop. */
  private static void convertFloats(IntBuffer source, IntBuffer target) {
    int[] chunk = new int[Math.min(CHUNK, source.remaining())];
    while (source.hasRemaining()) {
      int length = Math.min(CHUNK, source.remaining());
      source.get(chunk, 0, length);
      for (int at = 0; at < length; at++) {
        chunk[at] = canonical(chunk[at]);
      }
      target.put(chunk, 0, length);
    }
  }

  /**
   * {@link Float32#canonical} without a branch: masks of ones where the value is a NaN, and where
   * it is a zero.
   */
  static int canonical(int bits) {
    int magnitude = bits & MAGNITUDE;
    int nan = (INFINITY - magnitude) >> 31;
    int zero = (magnitude - 1) >> 31;
    return ((bits & ~nan) | (Float32.NAN & nan)) & ~zero;
  }
}
