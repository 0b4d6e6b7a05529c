package ai.opengradient.store.lowering;

import java.util.List;
import java.util.Optional;

/**
 * A convolution and the normalisation with constant statistics that alone reads it, as one
 * convolution: w′ = w·s and b′ = (b − mean)·s + bias with s = scale / √(variance + ε), each step
 * rounded.
 */
final class NormalisedConvolution {
  private NormalisedConvolution() {}

  static List<Value> lower(Call convolution, Call normalisation) {
    TensorBuilder tensors = convolution.tensors();
    Value weights = convolution.input(1);
    Value factor = BatchNormalisation.factor(normalisation, normalisation.input(4));
    requirePerChannel(weights, factor);
    Value scaled =
        tensors.map(
            weights.shape(),
            Formula.of(weights).times(Formula.of(factor, List.of(Access.along(0)))));
    Formula mean = normalisation.formula(3);
    Formula centred =
        convolution
            .optional(2)
            .map(bias -> Formula.of(bias).minus(mean))
            .orElseGet(() -> Formula.number(0).minus(mean));
    Value shift =
        tensors.elementwise(centred.times(Formula.of(factor)).plus(normalisation.formula(2)));
    return List.of(
        Convolutions.convolution(
            convolution,
            convolution.input(0),
            scaled,
            Optional.of(shift),
            convolution.input(0).dataType()));
  }

  private static void requirePerChannel(Value weights, Value factor) {
    if (weights.rank() < 1 || !factor.shape().equals(List.of(weights.dimension(0)))) {
      throw new LoweringFailure.Invalid(
          "statistics of " + factor.shape() + " don't fit weights of " + weights.shape());
    }
  }
}
