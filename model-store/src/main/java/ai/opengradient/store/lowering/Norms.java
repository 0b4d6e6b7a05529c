package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import java.util.ArrayList;
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
      FoldRequest request = sum.apply(value);
      Value squares = tensors.fold(ofSquares(request));
      return tensors.elementwise(Formula.of(squares).squareRoot());
    }
    Value powers = tensors.elementwise(Powers.ofConstant(x.absolute(), (float) p));
    Value total = tensors.fold(sum.apply(powers));
    return tensors.elementwise(Powers.ofConstant(Formula.of(total), 1f / (float) p));
  }

  /** The sum of squares: products of the same operand. */
  static FoldRequest ofSquares(FoldRequest sum) {
    Reading factor = sum.factors().getFirst();
    return sum.as(Reduction.DOT, sum.dataType()).withFactors(List.of(factor, factor));
  }

  /** Of whole axes, which stay with the extent 1. */
  static Value norm(TensorBuilder tensors, long p, Value value, List<Integer> axes) {
    Value norm = root(tensors, p, value, powers -> sum(powers, axes));
    List<Integer> shape = new ArrayList<>(value.shape());
    axes.forEach(axis -> shape.set(axis, 1));
    return tensors.reshaped(norm, shape);
  }

  /** The sum over whole axes, which are gone after it. */
  static FoldRequest sum(Value value, List<Integer> axes) {
    return FoldRequest.of(
        Reduction.SUM,
        value.dataType(),
        Shapes.without(value.shape(), axes),
        axes.stream().map(value::dimension).toList(),
        new Reading(value, TensorBuilder.reducing(value.rank(), axes)));
  }
}
