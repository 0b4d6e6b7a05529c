package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/**
 * The groups of a convolution, which have an axis of their own.
 *
 * @param count of groups
 * @param inputs channels that come into a group
 * @param outputs channels that come out of a group
 */
record Groups(int count, int inputs, int outputs) {
  /**
   * As a node's attributes say.
   *
   * @param x of shape [N, C, …]
   * @param outputs channels that come out of all groups
   */
  static Groups of(Call call, Value x, int weightsRank, int outputs) {
    if (x.rank() < 3 || x.rank() != weightsRank) {
      throw new LoweringFailure.Invalid(
          "weights of rank " + weightsRank + " don't fit a tensor of " + x.shape());
    }
    int count =
        Windows.atLeastOne("group", Shapes.dimension(call.attributes().integer("group", 1)));
    int channels = x.dimension(1);
    if (channels % count != 0 || outputs % count != 0) {
      throw new LoweringFailure.Invalid(
          count + " groups don't divide " + channels + " and " + outputs + " channels");
    }
    return new Groups(count, channels / count, outputs / count);
  }

  /** [N, C, …] as [N, group, C/group, …]. */
  Value ofData(TensorBuilder tensors, Value x) {
    return tensors.split(x, 1, count);
  }

  /** With the first axis, which counts all groups' channels, split in two. */
  Value ofWeights(TensorBuilder tensors, Value weights) {
    return tensors.split(weights, 0, count);
  }

  /** The sums over a group's channels and a window, of the result [N, group, O/group, …]. */
  FoldRequest sums(
      DataType type,
      int batch,
      List<Integer> places,
      List<Integer> window,
      Reading data,
      Reading weights) {
    return FoldRequest.dot(
        type,
        Shapes.join(List.of(batch, count, outputs), places),
        Shapes.join(List.of(inputs), window),
        data,
        weights);
  }

  /** One addend for each channel that comes out, of a result [N, group, O/group, …]. */
  Reading ofBias(TensorBuilder tensors, Value bias) {
    if (!bias.shape().equals(List.of(count * outputs))) {
      throw new LoweringFailure.Invalid(
          "a bias of " + bias.shape() + " does not fit " + count * outputs + " channels");
    }
    return new Reading(
        tensors.reshaped(bias, List.of(count, outputs)), List.of(Access.along(1), Access.along(2)));
  }

  /** [N, group, O/group, …] as [N, O, …]. */
  Value joined(TensorBuilder tensors, Value result) {
    List<Integer> shape = Shapes.without(result.shape(), List.of(2));
    return tensors.reshaped(result, Shapes.with(shape, 1, Math.multiplyExact(count, outputs)));
  }
}
