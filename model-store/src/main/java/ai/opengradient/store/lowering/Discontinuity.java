package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a float that depends on the inputs decides something in a program: a position, a
 * comparison, a rounding, an integer. Then a result as near to the exact one as can be may still be
 * wrong. What compares only to choose between formulas that meet at that point counts as well: who
 * lowers a continuous function finds a way without comparing.
 */
final class Discontinuity {
  private Discontinuity() {}

  static boolean isIn(Program program) {
    return program.nodes().stream().anyMatch(node -> decides(program, node));
  }

  private static boolean decides(Program program, Node node) {
    return switch (node) {
      case Node.Given given -> false;
      case Node.Gather gather -> false;
      case Node.Fold fold ->
          (fold.reduction() == Reduction.ARGMAX || fold.reduction() == Reduction.ARGMIN)
              && fold.operands().stream().anyMatch(operand -> isVariableFloat(program, operand));
      case Node.Map map -> decides(program, map);
    };
  }

  private static boolean isVariableFloat(Program program, Operand operand) {
    return operand.dataType() == DataType.FLOAT32
        && !(program.nodes().get(operand.node()) instanceof Node.Weight);
  }

  private static boolean decides(Program program, Node.Map map) {
    List<DataType> types =
        map.expression()
            .types(map.slots().stream().map(slot -> slot.dataType()).toList(), map.space().rank());
    List<Boolean> variable = new ArrayList<>();
    map.slots()
        .forEach(slot ->
            variable.add(
                slot.alternatives().stream()
                    .anyMatch(operand -> isVariableFloat(program, operand))));
    for (Primitive primitive : map.expression().primitives()) {
      boolean isVariable =
          primitive.registers().stream()
              .anyMatch(
                  register -> types.get(register) == DataType.FLOAT32 && variable.get(register));
      if (isVariable && decides(primitive)) {
        return true;
      }
      variable.add(isVariable);
    }
    return false;
  }

  /** Whether it makes of floats something that leaps. */
  private static boolean decides(Primitive primitive) {
    return switch (primitive) {
      case Primitive.Cast cast -> cast.dataType() != DataType.FLOAT32;
      case Primitive.Apply apply ->
          switch (apply.operation()) {
            case EQ, NE, LT, LE, FLOOR, CEIL, RINT -> true;
            default -> false;
          };
      case Primitive.Constant constant -> false;
      case Primitive.Index index -> false;
      case Primitive.Function function -> false;
      case Primitive.Within within -> true;
    };
  }
}
