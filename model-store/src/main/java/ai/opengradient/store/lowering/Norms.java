package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import java.util.List;
import java.util.function.Function;

/** Sums of powers, and their roots. */
final class Norms {
  private Norms() {}

  /**
   * (Σ |x|ᵖ) to the power of 1/p.
   *
   * @param sum the sum of a value's elements that is wanted
   */
  static Value root(TensorBuilder tensors, long p, Value value, Function<Value, FoldRequest> sum) {
    if (p < 1) {
      throw new LoweringFailure.Invalid("there is no norm of order " + p);
    }
    Formula x = Formula.of(value);
    if (p == 1) {
      return tensors.fold(sum.apply(tensors.elementwise(x.absolute())));
    }
    if (p == 2) {
      Value squares = tensors.fold(sum.apply(value).squared());
      return tensors.elementwise(Formula.of(squares).squareRoot());
    }
    Value powers = tensors.elementwise(Powers.ofConstant(x.absolute(), (float) p));
    Value total = tensors.fold(sum.apply(powers));
    return tensors.elementwise(Powers.ofConstant(Formula.of(total), 1f / (float) p));
  }

  /** Of whole axes, which stay with the extent 1. */
  static Value norm(TensorBuilder tensors, long p, Value value, List<Integer> axes) {
    Value norm =
        root(
            tensors,
            p,
            value,
            powers -> FoldRequest.over(Reduction.SUM, powers.dataType(), powers, axes));
    return tensors.reshaped(norm, Shapes.with(value.shape(), axes, 1));
  }
}
