package ai.opengradient.store.lowering;

import java.util.List;

/** The heads of attention, packed side by side into the last axis or on an axis of their own. */
final class Heads {
  private Heads() {}

  /** [batch, length, heads·size] as [batch, heads, length, size]. */
  static Value unpacked(TensorBuilder tensors, Value packed, long heads) {
    int size = packed.shape().getLast();
    if (packed.rank() != 3 || heads < 1 || size % heads != 0) {
      throw new LoweringFailure.Invalid(
          heads + " heads don't divide a tensor of " + packed.shape());
    }
    List<Integer> shape =
        List.of(packed.dimension(0), packed.dimension(1), (int) heads, (int) (size / heads));
    return tensors.reshaped(packed, shape).transposed(List.of(0, 2, 1, 3));
  }

  /** The reverse. */
  static Value packed(TensorBuilder tensors, Value heads) {
    return tensors.reshaped(
        heads.transposed(List.of(0, 2, 1, 3)),
        List.of(
            heads.dimension(0),
            heads.dimension(2),
            Math.multiplyExact(heads.dimension(1), heads.dimension(3))));
  }

  /** [batch, groups·n, …] as [batch, groups, n, …]. */
  static Value grouped(TensorBuilder tensors, Value value, int groups) {
    if (groups == 0 || value.dimension(1) % groups != 0) {
      throw new LoweringFailure.Invalid(
          groups + " heads of keys don't divide " + value.dimension(1) + " of queries");
    }
    return tensors.split(value, 1, groups);
  }
}
