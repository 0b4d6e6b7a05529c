package ai.opengradient.canon.plain;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the plain implementation of whatever programs call by name. */
public final class PlainHand {
  private PlainHand() {}

  /** The result of a primitive that takes registers. */
  public static long compute(Primitive primitive, List<DataType> types, List<Long> operands) {
    return switch (primitive) {
      case Primitive.Cast cast ->
          PlainPrimitives.cast(types.getFirst(), cast.dataType(), operands.getFirst());
      case Primitive.Within within ->
          bit(
              PlainPrimitives.within(
                  operands.getFirst().intValue(),
                  operands.getLast().intValue(),
                  within.band().absolute(),
                  within.band().relative()));
      case Primitive.Function function ->
          function(function.function(), operands.getFirst().intValue());
      case Primitive.Apply apply -> operation(apply.operation(), types.getLast(), operands);
      case Primitive.Constant constant -> constant.element();
      case Primitive.Index index -> throw new IllegalArgumentException("INDEX takes no operands");
    };
  }

  private static long operation(Operation operation, DataType type, List<Long> operands) {
    long a = operands.getFirst();
    long b = operands.getLast();
    return switch (operation) {
      case SELECT -> PlainPrimitives.select(type, a != 0, operands.get(1), b);
      case EQ -> bit(PlainPrimitives.eq(type, a, b));
      case NE -> bit(PlainPrimitives.ne(type, a, b));
      case LT -> bit(PlainPrimitives.lt(type, a, b));
      case LE -> bit(PlainPrimitives.le(type, a, b));
      case ADD -> PlainPrimitives.add(type, a, b);
      case SUB -> PlainPrimitives.sub(type, a, b);
      case MUL -> PlainPrimitives.mul(type, a, b);
      case DIV -> PlainPrimitives.div(type, a, b);
      case MOD -> PlainPrimitives.mod(type, a, b);
      case NEG -> PlainPrimitives.neg(type, a);
      case ABS -> PlainPrimitives.abs(type, a);
      case MAX -> PlainPrimitives.max(type, a, b);
      case MIN -> PlainPrimitives.min(type, a, b);
      case AND -> PlainPrimitives.and(type, a, b);
      case OR -> PlainPrimitives.or(type, a, b);
      case XOR -> PlainPrimitives.xor(type, a, b);
      case NOT -> PlainPrimitives.not(type, a);
      case SHL -> PlainPrimitives.shl(type, a, b);
      case SHR -> PlainPrimitives.shr(type, a, b);
      case SQRT -> PlainPrimitives.sqrt((int) a);
      case FLOOR -> PlainPrimitives.floor((int) a);
      case CEIL -> PlainPrimitives.ceil((int) a);
      case RINT -> PlainPrimitives.rint((int) a);
    };
  }

  /** A function's result. */
  public static int function(UnaryFunction function, int x) {
    return switch (function) {
      case EXP -> PlainFunctions.exp(x);
      case LOG -> PlainFunctions.log(x);
      case TANH -> PlainFunctions.tanh(x);
      case ERF -> PlainFunctions.erf(x);
      case SIGMOID -> PlainFunctions.sigmoid(x);
      case SIN -> PlainFunctions.sin(x);
      case COS -> PlainFunctions.cos(x);
      case ATAN -> PlainFunctions.atan(x);
      case SINH -> PlainFunctions.sinh(x);
      case SOFTPLUS -> PlainFunctions.softplus(x);
    };
  }

  /**
   * A fold's result, all terms being present.
   *
   * @param types of the operands
   * @param terms of each operand
   * @param c of DOT, or null
   */
  public static long fold(
      Reduction reduction,
      DataType result,
      List<DataType> types,
      List<long[]> terms,
      @Nullable Long c) {
    DataType type = types.getFirst();
    long[] a = terms.getFirst();
    return switch (reduction) {
      case DOT -> PlainFolds.dot(result, type, a, types.getLast(), terms.getLast(), c);
      case SUM -> PlainFolds.sum(result, type, a);
      case MEAN -> PlainFolds.mean(a);
      case MEANSQ -> PlainFolds.meanSquare(a);
      case MAX -> PlainFolds.max(type, a);
      case MIN -> PlainFolds.min(type, a);
      case ARGMAX -> PlainFolds.argMax(type, a);
      case ARGMIN -> PlainFolds.argMin(type, a);
      case AND -> PlainFolds.and(a);
    };
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }
}
