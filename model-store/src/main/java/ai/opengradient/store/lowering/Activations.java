package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.Elementwise.binary;
import static ai.opengradient.store.lowering.Elementwise.unary;

import ai.opengradient.store.graph.Attributes;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Activation functions. Those that are continuous compare nothing: where ONNX's function bodies
 * choose by the sign of x, the parts above and below zero are added up.
 */
final class Activations {
  private static final double SELU_ALPHA = 1.6732631921768188;
  private static final double SELU_GAMMA = 1.0507010221481323;
  private static final double ROOT_OF_TWO = 1.4142135623730951;
  private static final double ROOT_OF_TWO_BY_PI = 0.7978845608028654;

  private Activations() {}

  static void addTo(OperatorTable table) {
    table.add("Relu", unary(Activations::positivePart));
    table.add("LeakyRelu", of((x, set) -> leaky(x, parameter(set, "alpha", 0.01))));
    table.add("PRelu", binary(Activations::leaky));
    table.add("Elu", of((x, set) -> exponentialUnit(x, parameter(set, "alpha", 1))));
    table.add("Selu", of(Activations::scaledExponentialUnit));
    table.add("Celu", of((x, set) -> continuousUnit(x, parameter(set, "alpha", 1))));
    table.add("ThresholdedRelu", of((x, set) -> thresholded(x, parameter(set, "alpha", 1))));
    table.add("Shrink", of(Activations::shrunk));
    table.add("Sigmoid", unary(Formula::sigmoid));
    table.add("HardSigmoid", of(Activations::hardSigmoid));
    table.add("HardSwish", unary(Activations::hardSwish));
    table.add("Tanh", unary(Formula::tangentHyperbolic));
    table.add("Softplus", unary(Formula::softplus));
    table.add("Softsign", unary(Activations::softsign));
    table.add("Mish", unary(x -> x.times(x.softplus().tangentHyperbolic())));
    table.add("Swish", of((x, set) -> swish(x, parameter(set, "alpha", 1))));
    table.add("Gelu", of(Activations::gaussianUnit));
  }

  private static Function<Call, Value> of(BiFunction<Formula, Attributes, Formula> formula) {
    return call -> call.tensors().elementwise(formula.apply(call.formula(0), call.attributes()));
  }

  static Formula parameter(Attributes attributes, String name, double standard) {
    return Formula.number(attributes.number(name, (float) standard));
  }

  static Formula positivePart(Formula x) {
    return x.max(Formula.whole(x.dataType(), 0));
  }

  private static Formula negativePart(Formula x) {
    return x.min(Formula.whole(x.dataType(), 0));
  }

  static Formula leaky(Formula x, Formula slope) {
    return positivePart(x).plus(slope.times(negativePart(x)));
  }

  static Formula exponentialUnit(Formula x, Formula alpha) {
    return positivePart(x).plus(alpha.times(negativePart(x).exponential().plus(-1)));
  }

  private static Formula scaledExponentialUnit(Formula x, Attributes attributes) {
    Formula gamma = parameter(attributes, "gamma", SELU_GAMMA);
    return gamma.times(exponentialUnit(x, parameter(attributes, "alpha", SELU_ALPHA)));
  }

  private static Formula continuousUnit(Formula x, Formula alpha) {
    Formula below = alpha.times(x.over(alpha).exponential().plus(-1));
    return positivePart(x).plus(negativePart(below));
  }

  static Formula thresholded(Formula x, Formula alpha) {
    return alpha.isLess(x).choose(x, Formula.number(0));
  }

  private static Formula shrunk(Formula x, Attributes attributes) {
    Formula bias = parameter(attributes, "bias", 0).to(x.dataType());
    Formula threshold = parameter(attributes, "lambd", 0.5).to(x.dataType());
    Formula zero = Formula.whole(x.dataType(), 0);
    return x.isLess(threshold.negated())
        .choose(x.plus(bias), threshold.isLess(x).choose(x.minus(bias), zero));
  }

  private static Formula hardSigmoid(Formula x, Attributes attributes) {
    return hardSigmoid(x, parameter(attributes, "alpha", 0.2), parameter(attributes, "beta", 0.5));
  }

  static Formula hardSigmoid(Formula x, Formula alpha, Formula beta) {
    return alpha.times(x).plus(beta).min(Formula.number(1)).max(Formula.number(0));
  }

  private static Formula hardSwish(Formula x) {
    return x.times(hardSigmoid(x, Formula.number(1.0 / 6), Formula.number(0.5)));
  }

  static Formula softsign(Formula x) {
    return x.over(x.absolute().plus(1));
  }

  private static Formula swish(Formula x, Formula alpha) {
    return x.times(alpha.times(x).sigmoid());
  }

  private static Formula gaussianUnit(Formula x, Attributes attributes) {
    return switch (attributes.text("approximate", "none")) {
      case "none" -> {
        Formula erf = x.over(Formula.number(ROOT_OF_TWO)).errorFunction();
        yield x.times(0.5).times(erf.plus(1));
      }
      case "tanh" -> {
        Formula inner = x.plus(x.square().times(x).times(0.044715)).times(ROOT_OF_TWO_BY_PI);
        yield x.times(0.5).times(inner.tangentHyperbolic().plus(1));
      }
      default -> throw new LoweringFailure.Invalid("approximate is none or tanh");
    };
  }
}
