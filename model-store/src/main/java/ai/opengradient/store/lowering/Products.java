package ai.opengradient.store.lowering;

import java.util.List;

/** Products of many elements, which no fold has: in rounds, each of which multiplies a few. */
final class Products {
  /** Factors of one round. */
  private static final int FACTORS = 8;

  private Products() {}

  /** Over whole axes, which are gone after it. */
  static Value product(TensorBuilder tensors, Value value, List<Integer> axes) {
    Value rest = value;
    for (int axis : axes.reversed()) {
      rest = product(tensors, rest, axis);
    }
    return rest;
  }

  private static Value product(TensorBuilder tensors, Value value, int axis) {
    Value rest = value;
    List<Integer> shape = Shapes.without(value.shape(), List.of(axis));
    if (value.dimension(axis) == 0) {
      return tensors.map(shape, Formula.whole(value.dataType(), 1));
    }
    while (rest.dimension(axis) > 1) {
      rest = round(tensors, rest, axis);
    }
    return tensors.reshaped(rest, shape);
  }

  /** Where there is no factor left, it is 1. */
  private static Value round(TensorBuilder tensors, Value value, int axis) {
    int extent = value.dimension(axis);
    int factors = Math.min(FACTORS, extent);
    long one = ConstantTensors.whole(value.dataType(), 1);
    Formula product = Formula.element(value.dataType(), one);
    for (int factor = 0; factor < factors; factor++) {
      List<Access> accesses =
          Access.identity(value.rank(), axis, Access.affine(factor, Access.part(axis, factors)));
      Formula read = Formula.firstOf(one, List.of(new Reading(value, accesses)));
      product = factor == 0 ? read : product.times(read);
    }
    return tensors.map(Shapes.with(value.shape(), axis, Math.ceilDiv(extent, factors)), product);
  }
}
