package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Between the protocol's tensors, big-endian, and ONNX Runtime's, in the machine's order; in place.
 */
final class ByteOrders {
  private ByteOrders() {}

  /**
   * Turns the elements from one order into the other; float32 values take their canonical form on
   * the way.
   */
  static void convert(ByteBuffer elements, DataType dataType, ByteOrder from, ByteOrder to) {
    ByteBuffer source = elements.duplicate().order(from);
    ByteBuffer target = elements.duplicate().order(to);
    switch (dataType) {
      case FLOAT32 -> {
        for (int at = source.position(); at < source.limit(); at += Float.BYTES) {
          target.putInt(at, Float32.canonical(source.getInt(at)));
        }
      }
      case INT32 -> target.asIntBuffer().put(source.asIntBuffer());
      case INT64 -> target.asLongBuffer().put(source.asLongBuffer());
      case UINT8, INT8, BOOL -> {}
    }
  }
}
