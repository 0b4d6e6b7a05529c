package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.Elementwise.unary;

import java.util.function.UnaryOperator;

/**
 * Circular and hyperbolic functions and their inverses: those that are no primitives in forms that
 * lose no digits near zero, near one or for large arguments.
 */
final class Trigonometry {
  private Trigonometry() {}

  static void addTo(OperatorTable table) {
    table.add("Sin", unary(Formula::sine));
    table.add("Cos", unary(Formula::cosine));
    table.add("Tan", unary(x -> x.sine().over(x.cosine())));
    table.add("Asin", unary(Trigonometry::arcSine));
    table.add("Acos", unary(Trigonometry::arcCosine));
    table.add("Atan", unary(Formula::arcTangent));
    table.add("Sinh", unary(Formula::sineHyperbolic));
    table.add("Cosh", unary(Trigonometry::cosineHyperbolic));
    table.add("Asinh", unary(Trigonometry::areaSine));
    table.add("Acosh", unary(Trigonometry::areaCosine));
    table.add("Atanh", unary(Trigonometry::areaTangent));
  }

  private static Formula oneMinus(Formula x) {
    return Formula.number(1).minus(x);
  }

  /** arctan(x / √((1 − x)(1 + x))). */
  private static Formula arcSine(Formula x) {
    return x.over(oneMinus(x).times(x.plus(1)).squareRoot()).arcTangent();
  }

  /** 2·arctan √((1 − x)/(1 + x)). */
  private static Formula arcCosine(Formula x) {
    return oneMinus(x).over(x.plus(1)).squareRoot().arcTangent().times(2);
  }

  /** 1 + 2·sinh²(x/2). */
  private static Formula cosineHyperbolic(Formula x) {
    Formula half = x.times(0.5).sineHyperbolic();
    return half.times(2).times(half).plus(1);
  }

  /** An odd function of which the part above zero is given. */
  private static Formula odd(Formula x, UnaryOperator<Formula> aboveZero) {
    return aboveZero
        .apply(Activations.positivePart(x))
        .minus(aboveZero.apply(Activations.positivePart(x.negated())));
  }

  /** ln(1 + x + x²/(1 + √(1 + x²))). */
  private static Formula areaSine(Formula x) {
    return odd(
        x,
        u -> {
          // x²/(1 + √(1 + x²)) so that no square overflows
          Formula tail = u.over(u.square().plus(1).squareRoot().plus(1)).times(u);
          return u.plus(tail).logarithmOfOnePlus();
        });
  }

  /** ln(1 + t + √t·√(t + 2)) with t = x − 1. */
  private static Formula areaCosine(Formula x) {
    Formula t = x.plus(-1);
    return t.plus(t.squareRoot().times(t.plus(2).squareRoot())).logarithmOfOnePlus();
  }

  /** ½·ln(1 + 2x/(1 − x)). */
  private static Formula areaTangent(Formula x) {
    return odd(x, u -> u.times(2).over(oneMinus(u)).logarithmOfOnePlus()).times(0.5);
  }
}
