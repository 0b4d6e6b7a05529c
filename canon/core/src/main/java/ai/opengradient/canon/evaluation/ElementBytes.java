package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads and writes elements in a tensor's data. Source: section 2 of {@code docs/canon.md}. */
final class ElementBytes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private ElementBytes() {}

  /** The element at a byte offset, in canonical form. */
  static long read(DataType type, ByteBuffer data, int offset) {
    return switch (type) {
      case FLOAT32 -> Float32.canonical(data.getInt(offset));
      case UINT8 -> Byte.toUnsignedLong(data.get(offset));
      case INT8 -> data.get(offset);
      case INT32 -> data.getInt(offset);
      case INT64 -> data.getLong(offset);
      case BOOL -> data.get(offset) == 0 ? 0 : 1;
    };
  }

  /** The same, in an array. */
  static long read(DataType type, byte[] data, int offset) {
    return switch (type) {
      case FLOAT32 -> Float32.canonical((int) INT.get(data, offset));
      case UINT8 -> Byte.toUnsignedLong(data[offset]);
      case INT8 -> data[offset];
      case INT32 -> (int) INT.get(data, offset);
      case INT64 -> (long) LONG.get(data, offset);
      case BOOL -> data[offset] == 0 ? 0 : 1;
    };
  }

  /** Appends an element. */
  static void write(DataType type, ByteBuffer data, long element) {
    switch (type) {
      case FLOAT32, INT32 -> data.putInt((int) element);
      case UINT8, INT8, BOOL -> data.put((byte) element);
      case INT64 -> data.putLong(element);
    }
  }
}
