package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.tensor.DataType;

/** The operations on integers and bools. */
final class IntegerBlocks {
  private IntegerBlocks() {}

  /** An operation whose operands and result are of one type. */
  static void compute(
      Operation operation, DataType type, long[] a, long[] b, long[] result, int length) {
    switch (operation) {
      case ADD -> add(a, b, result, length);
      case SUB -> subtract(a, b, result, length);
      case MUL -> multiply(a, b, result, length);
      default -> {
        for (int at = 0; at < length; at++) {
          result[at] = computed(operation, type, a[at], b[at]);
        }
      }
    }
    wrap(type, result, length);
  }

  private static void add(long[] a, long[] b, long[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = a[at] + b[at];
    }
  }

  private static void subtract(long[] a, long[] b, long[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = a[at] - b[at];
    }
  }

  private static void multiply(long[] a, long[] b, long[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = a[at] * b[at];
    }
  }

  /** Right modulo 2^width. */
  private static long computed(Operation operation, DataType type, long a, long b) {
    return switch (operation) {
      case DIV -> IntegerOperations.divide(type, a, b);
      case MOD -> IntegerOperations.modulo(a, b);
      case NEG -> -a;
      case ABS -> Math.abs(a);
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case NOT -> ~a;
      case SHL -> IntegerOperations.shiftLeft(type, a, b);
      case SHR -> IntegerOperations.shiftRight(type, a, b);
      default -> throw new IllegalArgumentException(operation + " gives no integer");
    };
  }

  /** Reduces values that are right modulo 2^width to the type's range; bools to their last bit. */
  static void wrap(DataType type, long[] values, int length) {
    for (int at = 0; at < length; at++) {
      values[at] =
          switch (type) {
            case UINT8 -> values[at] & 0xff;
            case INT8 -> (byte) values[at];
            case INT32 -> (int) values[at];
            case BOOL -> values[at] & 1;
            case INT64, FLOAT32 -> values[at];
          };
    }
  }

  /** EQ, NE, LT or LE. */
  static void compare(Operation operation, long[] a, long[] b, long[] result, int length) {
    for (int at = 0; at < length; at++) {
      boolean holds =
          switch (operation) {
            case EQ -> a[at] == b[at];
            case NE -> a[at] != b[at];
            case LT -> a[at] < b[at];
            case LE -> a[at] <= b[at];
            default -> throw new IllegalArgumentException(operation + " compares nothing");
          };
      result[at] = holds ? 1 : 0;
    }
  }

  static void select(long[] chosen, long[] a, long[] b, long[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = chosen[at] == 0 ? b[at] : a[at];
    }
  }
}
