package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.Elementwise.binary;
import static ai.opengradient.store.lowering.Elementwise.unary;

/** Integers as rows of bits. */
final class BitOperators {
  private BitOperators() {}

  static void addTo(OperatorTable table) {
    table.add("BitwiseAnd", binary(Formula::and));
    table.add("BitwiseOr", binary(Formula::or));
    table.add("BitwiseXor", binary(Formula::exclusiveOr));
    table.add("BitwiseNot", unary(Formula::not));
    table.add("BitShift", BitOperators::shift);
  }

  private static Value shift(Call call) {
    Formula x = call.formula(0);
    Formula distance = call.formula(1);
    return call.tensors()
        .elementwise(
            switch (call.attributes().text("direction", "")) {
              case "LEFT" -> x.shiftedLeft(distance);
              case "RIGHT" -> x.shiftedRight(distance);
              default -> throw new LoweringFailure.Invalid("the direction is LEFT or RIGHT");
            });
  }
}
