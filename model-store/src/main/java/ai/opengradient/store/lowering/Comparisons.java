package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.Elementwise.binary;
import static ai.opengradient.store.lowering.Elementwise.unary;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;

/** Comparisons, logic, and the choice by a condition. */
final class Comparisons {
  private Comparisons() {}

  static void addTo(OperatorTable table) {
    table.add("Equal", binary(Formula::isEqual));
    table.add("Less", binary(Formula::isLess));
    table.add("LessOrEqual", binary(Formula::isAtMost));
    table.add("Greater", binary((a, b) -> b.isLess(a)));
    table.add("GreaterOrEqual", binary((a, b) -> b.isAtMost(a)));
    table.add("And", binary(Formula::and));
    table.add("Or", binary(Formula::or));
    table.add("Xor", binary(Formula::exclusiveOr));
    table.add("Not", unary(Formula::not));
    table.add("IsNaN", unary(x -> x.isNotEqual(x)));
    table.add("IsInf", Comparisons::isInfinite);
    table.add("Where", Comparisons::where);
  }

  private static Value isInfinite(Call call) {
    Formula x = call.formula(0);
    Formula isPositive = x.isEqual(Formula.element(DataType.FLOAT32, Float32.INFINITY));
    Formula isNegative = x.isEqual(Formula.element(DataType.FLOAT32, Float32.NEGATIVE_INFINITY));
    boolean positive = call.attributes().flag("detect_positive", true);
    boolean negative = call.attributes().flag("detect_negative", true);
    Formula none = Formula.whole(DataType.BOOL, 0);
    return call.tensors()
        .map(
            call.input(0).shape(), (positive ? isPositive : none).or(negative ? isNegative : none));
  }

  private static Value where(Call call) {
    return call.tensors().elementwise(call.formula(0).choose(call.formula(1), call.formula(2)));
  }
}
