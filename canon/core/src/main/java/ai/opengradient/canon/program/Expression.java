package ai.opengradient.canon.program;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT64;

import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a MAP computes of an element's slots. Registers 0, 1, … hold the slots' values, and each
 * primitive sets the next one; the last is the result.
 *
 * @param primitives at most 32
 */
public record Expression(List<Primitive> primitives) {
  /** Of one slot: its value. */
  public static final Expression IDENTITY = new Expression(List.of());

  /**
   * @throws ProgramException if there are too many
   */
  public Expression {
    primitives = List.copyOf(primitives);
    ProgramException.requireCount("primitives", primitives.size(), 0, Caps.PRIMITIVES);
  }

  public static Expression of(Primitive... primitives) {
    return new Expression(List.of(primitives));
  }

  /**
   * The type of every register.
   *
   * @param slots the slots' types
   * @param rank of the space
   * @throws ProgramException if a register is read before it is set, or never, or has a type that
   *     doesn't fit, or there is none
   */
  public List<DataType> types(List<DataType> slots, int rank) {
    List<DataType> types = new ArrayList<>(slots);
    BitSet read = new BitSet();
    for (Primitive primitive : primitives) {
      List<DataType> operands = new ArrayList<>();
      for (int register : primitive.registers()) {
        if (register < 0 || register >= types.size()) {
          throw new ProgramException(
              Fault.UNSET_REGISTER,
              "primitive "
                  + (types.size() - slots.size())
                  + " reads register "
                  + register
                  + ", of which only those below "
                  + types.size()
                  + " are set");
        }
        read.set(register);
        operands.add(types.get(register));
      }
      types.add(resultType(primitive, operands, rank));
    }
    ProgramException.requireCount("registers", types.size(), 1, Integer.MAX_VALUE);
    int unread = read.nextClearBit(0);
    if (unread < types.size() - 1) {
      throw new ProgramException(
          Fault.UNREAD_REGISTER, "nothing reads register " + unread + "; leave it out");
    }
    return types;
  }

  private static DataType resultType(Primitive primitive, List<DataType> operands, int rank) {
    return switch (primitive) {
      case Primitive.Constant constant -> constant.dataType();
      case Primitive.Index index -> {
        ProgramException.requireCount("axis of INDEX", index.axis(), 0, rank - 1);
        yield INT64;
      }
      case Primitive.Cast cast -> cast.dataType();
      case Primitive.Within within -> {
        requireFloats("WITHIN", operands);
        yield BOOL;
      }
      case Primitive.Function function -> {
        requireFloats(function.function().name(), operands);
        yield FLOAT32;
      }
      case Primitive.Apply apply -> apply.operation().resultType(operands);
    };
  }

  private static void requireFloats(String name, List<DataType> operands) {
    if (operands.stream().anyMatch(type -> type != FLOAT32)) {
      throw new ProgramException(
          Fault.WRONG_TYPE,
          name + " takes float32, not " + operands.stream().map(DataType::label).toList());
    }
  }
}
