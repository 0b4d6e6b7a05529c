package ai.opengradient.canon.engine.map;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.engine.elements.FloatElements;
import ai.opengradient.canon.engine.function.BlockFunction;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/** Compiles primitives to operations on blocks. */
final class Expressions {
  private static final BlockOperation NOTHING = (registers, length, tally) -> {};

  private Expressions() {}

  /**
   * The operation of a primitive.
   *
   * @param target the register that it sets
   * @param types of all registers
   */
  static BlockOperation operation(Primitive primitive, int target, List<DataType> types) {
    return switch (primitive) {
      // Constants and coordinates are written into their registers by who holds these.
      case Primitive.Constant constant -> NOTHING;
      case Primitive.Index index -> NOTHING;
      case Primitive.Cast cast ->
          cast(cast.register(), types.get(cast.register()), target, cast.dataType());
      case Primitive.Within within -> within(within.claim(), within.exact(), within.band(), target);
      case Primitive.Function function -> {
        BlockFunction values = BlockFunction.of(function.function());
        yield (registers, length, tally) ->
            values.apply(
                registers.floats(function.register()), registers.floats(target), length, tally);
      }
      case Primitive.Apply apply -> operation(apply.operation(), apply.registers(), target, types);
    };
  }

  private static BlockOperation cast(int source, DataType from, int target, DataType to) {
    if (from == FLOAT32 && to == FLOAT32) {
      return (registers, length, tally) ->
          System.arraycopy(registers.floats(source), 0, registers.floats(target), 0, length);
    }
    if (from == FLOAT32) {
      return (registers, length, tally) ->
          Casts.fromFloats(registers.floats(source), to, registers.longs(target), length);
    }
    if (to == FLOAT32) {
      return (registers, length, tally) ->
          Casts.toFloats(registers.longs(source), registers.floats(target), length);
    }
    return (registers, length, tally) ->
        Casts.toIntegers(registers.longs(source), to, registers.longs(target), length);
  }

  private static BlockOperation within(int claim, int exact, Band band, int target) {
    return (registers, length, tally) -> {
      float[] claims = registers.floats(claim);
      float[] exacts = registers.floats(exact);
      long[] result = registers.longs(target);
      for (int at = 0; at < length; at++) {
        boolean isWithin =
            band.within(FloatElements.bits(claims[at]), FloatElements.bits(exacts[at]));
        result[at] = isWithin ? 1 : 0;
      }
    };
  }

  private static BlockOperation operation(
      Operation operation, List<Integer> operands, int target, List<DataType> types) {
    int first = operands.getFirst();
    int last = operands.getLast();
    DataType type = types.get(last);
    boolean isFloat = type == FLOAT32;
    return switch (operation) {
      case SELECT -> {
        int second = operands.get(1);
        yield isFloat
            ? (registers, length, tally) ->
                FloatBlocks.select(
                    registers.longs(first),
                    registers.floats(second),
                    registers.floats(last),
                    registers.floats(target),
                    length)
            : (registers, length, tally) ->
                IntegerBlocks.select(
                    registers.longs(first),
                    registers.longs(second),
                    registers.longs(last),
                    registers.longs(target),
                    length);
      }
      case EQ, NE, LT, LE ->
          isFloat
              ? (registers, length, tally) ->
                  FloatBlocks.compare(
                      operation,
                      registers.floats(first),
                      registers.floats(last),
                      registers.longs(target),
                      length)
              : (registers, length, tally) ->
                  IntegerBlocks.compare(
                      operation,
                      registers.longs(first),
                      registers.longs(last),
                      registers.longs(target),
                      length);
      default ->
          isFloat
              ? (registers, length, tally) ->
                  FloatBlocks.compute(
                      operation,
                      registers.floats(first),
                      registers.floats(last),
                      registers.floats(target),
                      length)
              : (registers, length, tally) ->
                  IntegerBlocks.compute(
                      operation,
                      type,
                      registers.longs(first),
                      registers.longs(last),
                      registers.longs(target),
                      length);
    };
  }
}
