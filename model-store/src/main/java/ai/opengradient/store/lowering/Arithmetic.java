package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.Elementwise.binary;
import static ai.opengradient.store.lowering.Elementwise.chain;
import static ai.opengradient.store.lowering.Elementwise.unary;

import java.util.List;
import java.util.Optional;

/** Sums, products, quotients and what else is arithmetic of elements. */
final class Arithmetic {
  private Arithmetic() {}

  static void addTo(OperatorTable table) {
    table.add("Add", binary(Formula::plus));
    table.add("Sub", binary(Formula::minus));
    table.add("Mul", binary(Formula::times));
    table.add("Div", binary(Formula::over));
    table.add("Mod", Arithmetic::modulo);
    table.add("Max", chain(Formula::max));
    table.add("Min", chain(Formula::min));
    table.add("Sum", chain(Formula::plus));
    table.add("Mean", Arithmetic::mean);
    table.add("Clip", Arithmetic::clip);
    table.add("Neg", unary(Formula::negated));
    table.add("Abs", unary(Formula::absolute));
    table.add("Sign", unary(Arithmetic::sign));
    table.add("Floor", unary(Formula::floor));
    table.add("Ceil", unary(Formula::ceiling));
    table.add("Round", unary(Formula::rounded));
    table.add("Sqrt", unary(Formula::squareRoot));
    table.add("Exp", unary(Formula::exponential));
    table.add("Log", unary(Formula::logarithm));
    table.add("Erf", unary(Formula::errorFunction));
    table.add("Reciprocal", unary(x -> Formula.number(1).over(x)));
  }

  private static Value mean(Call call) {
    List<Value> values = call.all();
    Formula sum = Elementwise.chained(values, Formula::plus);
    return call.tensors().elementwise(sum.over(Formula.number(values.size())));
  }

  private static Value modulo(Call call) {
    Formula a = call.formula(0);
    Formula b = call.formula(1);
    if (!call.attributes().flag("fmod", false)) {
      return call.tensors().elementwise(a.modulo(b));
    }
    return call.tensors()
        .elementwise(call.input(0).isFloat() ? remainder(a, b) : a.minus(b.times(a.over(b))));
  }

  /** C's fmod: with the sign of a. */
  private static Formula remainder(Formula a, Formula b) {
    Formula divisor = b.absolute();
    Formula rest = a.absolute().minus(a.absolute().over(divisor).floor().times(divisor));
    // The quotient may have been rounded up to the next integer.
    Formula zero = Formula.number(0);
    Formula magnitude = rest.isLess(zero).choose(rest.plus(divisor), rest);
    return a.isLess(zero).choose(magnitude.negated(), magnitude);
  }

  static Formula sign(Formula x) {
    Formula one = Formula.whole(x.dataType(), 1);
    Formula minusOne = Formula.whole(x.dataType(), -1);
    return switch (x.dataType()) {
      case FLOAT32 -> {
        Formula zero = Formula.number(0);
        // Zero and NaN are their own sign.
        yield zero.isLess(x).choose(one, x.isLess(zero).choose(minusOne, x));
      }
      case UINT8 -> x.min(one);
      case INT8, INT32, INT64, BOOL -> x.within(minusOne, one);
    };
  }

  /** Bounds are inputs since version 11. */
  private static Value clip(Call call) {
    Formula x = call.formula(0);
    Optional<Formula> least;
    Optional<Formula> greatest;
    if (call.opset() < 11) {
      least = bound(call, "min");
      greatest = bound(call, "max");
    } else {
      least = call.optional(1).map(Formula::of);
      greatest = call.optional(2).map(Formula::of);
    }
    Formula raised = least.map(x::max).orElse(x);
    return call.tensors().elementwise(greatest.map(raised::min).orElse(raised));
  }

  private static Optional<Formula> bound(Call call, String attribute) {
    return call.attributes().has(attribute)
        ? Optional.of(Formula.number(call.attributes().number(attribute, 0)))
        : Optional.empty();
  }
}
