package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Conv, of one to three spatial axes: sums of products over the channels and the window, where
 * padding has no terms. The result is stored with its channels innermost, so that the next
 * convolution finds them contiguous.
 */
final class Convolutions {
  private Convolutions() {}

  static void addTo(OperatorTable table) {
    table.add(
        "Conv",
        call ->
            convolution(
                call, call.input(0), call.input(1), call.optional(2), call.input(0).dataType()));
  }

  /**
   * The convolution that a node's attributes say.
   *
   * @param x of shape [N, C, …]
   * @param weights of shape [O, C/group, …]
   * @param bias of shape [O]
   * @param type of the result
   */
  static Value convolution(Call call, Value x, Value weights, Optional<Value> bias, DataType type) {
    TensorBuilder tensors = call.tensors();
    Groups groups = Groups.of(call, x, weights.rank(), weights.dimension(0));
    if (weights.dimension(1) != groups.inputs()) {
      throw new LoweringFailure.Invalid(
          "weights of " + weights.shape() + " don't fit a tensor of " + x.shape());
    }
    List<Integer> kernel = weights.shape().subList(2, weights.rank());
    Windows windows = Windows.of(call.attributes(), x, kernel);
    // Axes of the result: batch, group, channel of the group, places; then those of the fold.
    int spatial = kernel.size();
    int channel = 3 + spatial;
    Reading data =
        new Reading(
            groups.ofData(tensors, x),
            Shapes.join(
                List.of(Access.along(0), Access.along(1), Access.along(channel)),
                windows.accesses(3, channel + 1)));
    Reading factors =
        new Reading(
            groups.ofWeights(tensors, weights),
            Shapes.join(
                List.of(Access.along(1), Access.along(2), Access.along(channel)),
                Access.identity(channel + 1 + spatial)
                    .subList(channel + 1, channel + 1 + spatial)));
    Value result =
        tensors.fold(
            groups
                .sums(type, x.dimension(0), windows.places(), kernel, data, factors)
                .storedIn(channelsInnermost(spatial))
                .plus(bias.map(value -> groups.ofBias(tensors, value))));
    return groups.joined(tensors, result);
  }

  /** Batch, places, group, channel of the group. */
  static List<Integer> channelsInnermost(int spatial) {
    List<Integer> order = new ArrayList<>(List.of(0));
    for (int axis = 0; axis < spatial; axis++) {
      order.add(3 + axis);
    }
    order.addAll(List.of(1, 2));
    return order;
  }
}
