package ai.opengradient.store.lowering;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Operators that are one formula of their inputs' elements. */
final class Elementwise {
  private Elementwise() {}

  static Function<Call, Value> unary(UnaryOperator<Formula> formula) {
    return call -> call.tensors().elementwise(formula.apply(call.formula(0)));
  }

  static Function<Call, Value> binary(BinaryOperator<Formula> formula) {
    return call -> call.tensors().elementwise(formula.apply(call.formula(0), call.formula(1)));
  }

  /** Of any number of inputs, one after the other. */
  static Function<Call, Value> chain(BinaryOperator<Formula> formula) {
    return call -> call.tensors().elementwise(chained(call.all(), formula));
  }

  static Formula chained(List<Value> values, BinaryOperator<Formula> formula) {
    return values.stream()
        .map(Formula::of)
        .reduce(formula)
        .orElseThrow(() -> new LoweringFailure.Invalid("input 0 is missing"));
  }
}
