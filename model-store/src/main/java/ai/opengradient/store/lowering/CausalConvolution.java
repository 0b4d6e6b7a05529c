package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Optional;

/**
 * CausalConvWithState: each channel's own convolution over what has been so far, with what came
 * before the input as a state.
 *
 * <p>Source: ONNX, CausalConvWithState, version 27.
 */
final class CausalConvolution {
  private CausalConvolution() {}

  static void addTo(OperatorTable table) {
    table.addMany("CausalConvWithState", CausalConvolution::lower);
  }

  private static List<Value> lower(Call call) {
    TensorBuilder tensors = call.tensors();
    Value x = call.input(0);
    Value weights = call.input(1);
    if (x.rank() != 3 || weights.rank() != 3 || weights.dimension(0) != x.dimension(1)) {
      throw new LoweringFailure.Invalid(
          "weights of " + weights.shape() + " don't fit a tensor of " + x.shape());
    }
    int kernel = weights.dimension(2);
    int before = kernel - 1;
    Value past =
        call.optional(3)
            .orElseGet(() ->
                tensors.map(List.of(x.dimension(0), x.dimension(1), before), Formula.number(0)));
    Value whole = tensors.concatenated(List.of(past, x), 2);
    Optional<Reading> bias =
        call.optional(2).map(value -> new Reading(value, List.of(Access.along(1))));
    Value sums =
        tensors.fold(
            FoldRequest.dot(
                    DataType.FLOAT32,
                    x.shape(),
                    List.of(kernel),
                    new Reading(
                        whole,
                        List.of(
                            Access.along(0),
                            Access.along(1),
                            Access.affine(0, Access.part(2, 1), Access.part(3, 1)))),
                    new Reading(weights, List.of(Access.along(1), Access.at(0), Access.along(3))))
                .plus(bias));
    Value state = tensors.part(whole, 2, whole.dimension(2) - before, before);
    return List.of(activated(call, sums), state);
  }

  private static Value activated(Call call, Value sums) {
    Formula x = Formula.of(sums);
    return switch (call.attributes().text("activation", "none")) {
      case "none" -> sums;
      case "silu", "swish" -> call.tensors().elementwise(x.times(x.sigmoid()));
      default -> throw new LoweringFailure.Invalid("there is no such activation");
    };
  }
}
