package ai.opengradient.canon.published;

import ai.opengradient.canon.arithmetic.Conversions;
import ai.opengradient.canon.arithmetic.ExactSum;
import ai.opengradient.canon.arithmetic.FloatOperations;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.util.List;

/**
 * An operation on float32 bits, and its result, as somebody else has it.
 *
 * @param operands bits, not necessarily canonical; integers where the operation takes them
 * @param result bits of a float32, an integer, or 0 and 1
 */
record PublishedVector(Operation operation, List<Long> operands, long result) {
  /** What of the published operations we have. */
  enum Operation {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    /** a·b + c, rounded once: a DOT of one term. */
    MULTIPLY_ADD,
    SQUARE_ROOT,
    MAXIMUM,
    MINIMUM,
    NEGATE,
    ABSOLUTE,
    FLOOR,
    CEILING,
    ROUND_TO_INTEGER,
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    FROM_INTEGER,
    TRUNCATE_TO_INT32,
    TRUNCATE_TO_INT64,
    ROUND_TO_INT32,
    ROUND_TO_INT64
  }

  /** The one case in which the sign of a zero shows; the canon has none. */
  boolean dividesByNegativeZero() {
    return operation == Operation.DIVIDE && operands.getLast().intValue() == Integer.MIN_VALUE;
  }

  /** Whether our result is the published one, in canonical form. */
  boolean holds() {
    long ours = ours();
    return switch (operation) {
      case EQUAL,
          LESS,
          LESS_OR_EQUAL,
          TRUNCATE_TO_INT32,
          TRUNCATE_TO_INT64,
          ROUND_TO_INT32,
          ROUND_TO_INT64 ->
          ours == result;
      default -> ours == Float32.canonical((int) result);
    };
  }

  long ours() {
    int a = operand(0);
    int b = operand(1);
    return switch (operation) {
      case ADD -> FloatOperations.add(a, b);
      case SUBTRACT -> FloatOperations.subtract(a, b);
      case MULTIPLY -> FloatOperations.multiply(a, b);
      case DIVIDE -> FloatOperations.divide(a, b);
      case MULTIPLY_ADD -> {
        ExactSum sum = new ExactSum();
        sum.addProduct(a, b);
        sum.add(operand(2));
        yield sum.rounded();
      }
      case SQUARE_ROOT -> FloatOperations.squareRoot(a);
      case MAXIMUM -> FloatOperations.maximum(a, b);
      case MINIMUM -> FloatOperations.minimum(a, b);
      case NEGATE -> FloatOperations.negate(a);
      case ABSOLUTE -> FloatOperations.absolute(a);
      case FLOOR -> FloatOperations.floor(a);
      case CEILING -> FloatOperations.ceiling(a);
      case ROUND_TO_INTEGER -> FloatOperations.roundToInteger(a);
      case EQUAL -> a == b && a != Float32.NAN ? 1 : 0;
      case LESS -> FloatOperations.isLess(a, b) ? 1 : 0;
      case LESS_OR_EQUAL -> FloatOperations.isLess(a, b) || (a == b && a != Float32.NAN) ? 1 : 0;
      case FROM_INTEGER -> Conversions.cast(DataType.INT64, DataType.FLOAT32, operands.getFirst());
      case TRUNCATE_TO_INT32 -> Conversions.cast(DataType.FLOAT32, DataType.INT32, a);
      case TRUNCATE_TO_INT64 -> Conversions.cast(DataType.FLOAT32, DataType.INT64, a);
      case ROUND_TO_INT32 ->
          Conversions.cast(DataType.FLOAT32, DataType.INT32, FloatOperations.roundToInteger(a));
      case ROUND_TO_INT64 ->
          Conversions.cast(DataType.FLOAT32, DataType.INT64, FloatOperations.roundToInteger(a));
    };
  }

  private int operand(int at) {
    return at < operands.size() ? Float32.canonical(operands.get(at).intValue()) : 0;
  }
}
