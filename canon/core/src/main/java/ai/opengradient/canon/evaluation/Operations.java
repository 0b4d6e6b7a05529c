package ai.opengradient.canon.evaluation;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;

import ai.opengradient.canon.arithmetic.FloatOperations;
import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;

/** The operations of expressions, by type. Source: section 4 of {@code docs/canon.md}. */
final class Operations {
  private Operations() {}

  /** EQ, NE, LT or LE of two elements of a type, as 0 or 1. */
  static long compare(Operation operation, DataType type, long a, long b) {
    boolean isEqual = a == b && !(type == FLOAT32 && a == Float32.NAN);
    boolean isLess = type == FLOAT32 ? FloatOperations.isLess((int) a, (int) b) : a < b;
    boolean holds =
        switch (operation) {
          case EQ -> isEqual;
          case NE -> !isEqual;
          case LT -> isLess;
          case LE -> isLess || isEqual;
          default -> throw new IllegalArgumentException(operation + " compares nothing");
        };
    return holds ? 1 : 0;
  }

  /**
   * The result of an operation whose operands and result are of one type.
   *
   * @param b the second operand, or anything where the operation has one
   */
  static long compute(Operation operation, DataType type, long a, long b) {
    return switch (type) {
      case FLOAT32 -> ofFloats(operation, (int) a, (int) b);
      case BOOL -> ofBooleans(operation, a, b);
      case UINT8, INT8, INT32, INT64 -> ofIntegers(operation, type, a, b);
    };
  }

  private static int ofFloats(Operation operation, int a, int b) {
    return switch (operation) {
      case ADD -> FloatOperations.add(a, b);
      case SUB -> FloatOperations.subtract(a, b);
      case MUL -> FloatOperations.multiply(a, b);
      case DIV -> FloatOperations.divide(a, b);
      case NEG -> FloatOperations.negate(a);
      case ABS -> FloatOperations.absolute(a);
      case MAX -> FloatOperations.maximum(a, b);
      case MIN -> FloatOperations.minimum(a, b);
      case SQRT -> FloatOperations.squareRoot(a);
      case FLOOR -> FloatOperations.floor(a);
      case CEIL -> FloatOperations.ceiling(a);
      case RINT -> FloatOperations.roundToInteger(a);
      default -> throw notDefined(operation, FLOAT32);
    };
  }

  private static long ofBooleans(Operation operation, long a, long b) {
    return switch (operation) {
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case NOT -> 1 - a;
      default -> throw notDefined(operation, BOOL);
    };
  }

  private static long ofIntegers(Operation operation, DataType type, long a, long b) {
    return switch (operation) {
      case ADD -> IntegerOperations.wrap(type, a + b);
      case SUB -> IntegerOperations.wrap(type, a - b);
      case MUL -> IntegerOperations.wrap(type, a * b);
      case DIV -> IntegerOperations.divide(type, a, b);
      case MOD -> IntegerOperations.modulo(a, b);
      case NEG -> IntegerOperations.wrap(type, -a);
      case ABS -> IntegerOperations.wrap(type, Math.abs(a));
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case NOT -> IntegerOperations.wrap(type, ~a);
      case SHL -> IntegerOperations.shiftLeft(type, a, b);
      case SHR -> IntegerOperations.shiftRight(type, a, b);
      default -> throw notDefined(operation, type);
    };
  }

  private static IllegalArgumentException notDefined(Operation operation, DataType type) {
    return new IllegalArgumentException(operation + " is not defined for " + type.label());
  }
}
