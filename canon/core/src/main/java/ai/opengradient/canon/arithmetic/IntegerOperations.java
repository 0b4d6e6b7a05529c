package ai.opengradient.canon.arithmetic;

import ai.opengradient.canon.tensor.DataType;

/**
 * Elementwise arithmetic of the four integer types: computed in ℤ, reduced modulo 2^width. Operands
 * are values of the type, and so are results.
 *
 * <p>Source: section 4 of {@code docs/canon.md}.
 */
public final class IntegerOperations {
  private IntegerOperations() {}

  /**
   * The value modulo 2^width in the type's range; the value itself need only be right modulo 2^64.
   */
  public static long wrap(DataType type, long value) {
    return switch (type) {
      case UINT8 -> value & 0xff;
      case INT8 -> (byte) value;
      case INT32 -> (int) value;
      case INT64 -> value;
      case FLOAT32, BOOL -> throw notAnInteger(type);
    };
  }

  public static long least(DataType type) {
    return switch (type) {
      case UINT8 -> 0;
      case INT8 -> Byte.MIN_VALUE;
      case INT32 -> Integer.MIN_VALUE;
      case INT64 -> Long.MIN_VALUE;
      case FLOAT32, BOOL -> throw notAnInteger(type);
    };
  }

  public static long greatest(DataType type) {
    return switch (type) {
      case UINT8 -> 0xff;
      case INT8 -> Byte.MAX_VALUE;
      case INT32 -> Integer.MAX_VALUE;
      case INT64 -> Long.MAX_VALUE;
      case FLOAT32, BOOL -> throw notAnInteger(type);
    };
  }

  /** Towards zero; by zero 0. */
  public static long divide(DataType type, long a, long b) {
    return b == 0 ? 0 : wrap(type, a / b);
  }

  /** a − b·⌊a/b⌋; by zero 0. */
  public static long modulo(long a, long b) {
    return b == 0 ? 0 : Math.floorMod(a, b);
  }

  /** 0 for distances below 0 or not below the width. */
  public static long shiftLeft(DataType type, long a, long distance) {
    return withinWidth(type, distance) ? wrap(type, a << distance) : 0;
  }

  /** ⌊a / 2^distance⌋; for distances below 0 or not below the width what is left of a: its sign. */
  public static long shiftRight(DataType type, long a, long distance) {
    return a >> (withinWidth(type, distance) ? distance : Long.SIZE - 1);
  }

  private static boolean withinWidth(DataType type, long distance) {
    return distance >= 0 && distance < (long) type.width() * Byte.SIZE;
  }

  private static IllegalArgumentException notAnInteger(DataType type) {
    return new IllegalArgumentException(type.label() + " is not an integer type");
  }
}
