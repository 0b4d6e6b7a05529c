package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The activation functions that a recurrent node names, in the order in which it uses them. */
final class RecurrentActivations {
  private final List<UnaryOperator<Formula>> functions = new ArrayList<>();
  private final int each;

  /**
   * @param standard the names where the node gives none, for one direction
   */
  RecurrentActivations(Call call, List<String> standard) {
    each = standard.size();
    List<String> names = call.attributes().texts("activations");
    if (names.isEmpty()) {
      names = Shapes.join(standard, standard);
    }
    Iterator<Float> alphas =
        call.attributes().numbers("activation_alpha").orElse(List.of()).iterator();
    Iterator<Float> betas =
        call.attributes().numbers("activation_beta").orElse(List.of()).iterator();
    float clip = call.attributes().number("clip", 0);
    for (String name : names) {
      UnaryOperator<Formula> function = function(name, alphas, betas);
      functions.add(
          clip > 0
              ? x -> function.apply(x.within(Formula.number(-clip), Formula.number(clip)))
              : function);
    }
  }

  /** The function of a direction, by its number there. */
  Formula apply(int direction, int number, Formula x) {
    int place = direction * each + number;
    if (place >= functions.size()) {
      throw new LoweringFailure.Invalid("there are too few activations");
    }
    return functions.get(place).apply(x);
  }

  private static UnaryOperator<Formula> function(
      String name, Iterator<Float> alphas, Iterator<Float> betas) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "sigmoid" -> Formula::sigmoid;
      case "tanh" -> Formula::tangentHyperbolic;
      case "relu" -> Activations::positivePart;
      case "softsign" -> Activations::softsign;
      case "softplus" -> Formula::softplus;
      case "affine" -> {
        Formula alpha = next(alphas, 1);
        Formula beta = next(betas, 0);
        yield x -> alpha.times(x).plus(beta);
      }
      case "leakyrelu" -> {
        Formula alpha = next(alphas, 0.01);
        yield x -> Activations.leaky(x, alpha);
      }
      case "thresholdedrelu" -> {
        Formula alpha = next(alphas, 1);
        yield x -> Activations.thresholded(x, alpha);
      }
      case "scaledtanh" -> {
        Formula alpha = next(alphas, 1);
        Formula beta = next(betas, 1);
        yield x -> alpha.times(beta.times(x).tangentHyperbolic());
      }
      case "hardsigmoid" -> {
        Formula alpha = next(alphas, 0.2);
        Formula beta = next(betas, 0.5);
        yield x -> Activations.hardSigmoid(x, alpha, beta);
      }
      case "elu" -> {
        Formula alpha = next(alphas, 1);
        yield x -> Activations.exponentialUnit(x, alpha);
      }
      default -> throw new LoweringFailure.Invalid("there is no activation '" + name + "'");
    };
  }

  private static Formula next(Iterator<Float> numbers, double standard) {
    return Formula.number(numbers.hasNext() ? numbers.next() : (float) standard);
  }
}
