package ai.opengradient.store.lowering;

import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.nio.ByteBuffer;

/** Elements of constants, written and checked. */
final class ConstantTensors {
  private ConstantTensors() {}

  /** Appends an element, big-endian. */
  static void put(DataType type, ByteBuffer data, long element) {
    switch (type) {
      case FLOAT32, INT32 -> data.putInt((int) element);
      case UINT8, INT8, BOOL -> data.put((byte) element);
      case INT64 -> data.putLong(element);
    }
  }

  /** The element of a type that is a whole number. */
  static long whole(DataType type, long number) {
    return switch (type) {
      case FLOAT32 -> number((float) number);
      case BOOL -> number == 0 ? 0 : 1;
      case UINT8, INT8, INT32, INT64 -> IntegerOperations.wrap(type, number);
    };
  }

  /** The element that is a float32 number, in canonical form. */
  static long number(float number) {
    return Float32.canonical(Float.floatToRawIntBits(number));
  }

  /** What is below every other element, or equal to it. */
  static long least(DataType type) {
    return switch (type) {
      case FLOAT32 -> Float32.NEGATIVE_INFINITY;
      case BOOL -> 0;
      case UINT8, INT8, INT32, INT64 -> IntegerOperations.least(type);
    };
  }

  /** What is above every other element, or equal to it. */
  static long greatest(DataType type) {
    return switch (type) {
      case FLOAT32 -> Float32.INFINITY;
      case BOOL -> 1;
      case UINT8, INT8, INT32, INT64 -> IntegerOperations.greatest(type);
    };
  }
}
