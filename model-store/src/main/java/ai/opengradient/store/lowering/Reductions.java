package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reductions over axes, and positions of extremes. */
final class Reductions {
  /** ReduceSum takes its axes as an input since this version, the others since the next. */
  private static final int SUM_AXES_SINCE = 13;

  private static final int AXES_SINCE = 18;

  private Reductions() {}

  static void addTo(OperatorTable table) {
    table.add("ReduceSum", of(SUM_AXES_SINCE, Reductions::sum));
    table.add("ReduceMean", of(AXES_SINCE, Reductions::mean));
    table.add("ReduceMax", of(AXES_SINCE, Reductions::greatest));
    table.add("ReduceMin", of(AXES_SINCE, Reductions::least));
    table.add("ReduceProd", of(AXES_SINCE, Products::product));
    table.add("ReduceL1", of(AXES_SINCE, Reductions::absoluteSum));
    table.add("ReduceL2", of(AXES_SINCE, Reductions::length));
    table.add("ReduceSumSquare", of(AXES_SINCE, Reductions::squareSum));
    table.add("ReduceLogSum", of(AXES_SINCE, Reductions::logarithmOfSum));
    table.add("ReduceLogSumExp", of(AXES_SINCE, Reductions::logarithmOfPowers));
    table.add("ArgMax", call -> position(call, Reduction.ARGMAX));
    table.add("ArgMin", call -> position(call, Reduction.ARGMIN));
  }

  /** Folds axes, which are gone after it. */
  @FunctionalInterface
  private interface OverAxes {
    Value of(TensorBuilder tensors, Value value, List<Integer> axes);
  }

  private static Function<Call, Value> of(int axesSince, OverAxes reduction) {
    return call -> {
      Value value = call.input(0);
      List<Integer> axes = axes(call, axesSince);
      boolean isLeft = axes.isEmpty() && call.attributes().flag("noop_with_empty_axes", false);
      List<Integer> folded = axes.isEmpty() && !isLeft ? Value.natural(value.rank()) : axes;
      return kept(call, value, folded, reduction.of(call.tensors(), value, folded));
    };
  }

  private static List<Integer> axes(Call call, int since) {
    return call.integersSince(since, 1, "axes")
        .map(list -> Shapes.axes(list, call.input(0).rank()))
        .orElse(List.of());
  }

  /** With the axes back as those of extent 1, unless they are not wanted. */
  private static Value kept(Call call, Value value, List<Integer> axes, Value result) {
    if (!call.attributes().flag("keepdims", true)) {
      return result;
    }
    return call.tensors().reshaped(result, Shapes.with(value.shape(), axes, 1));
  }

  private static Value sum(TensorBuilder tensors, Value value, List<Integer> axes) {
    return axes.isEmpty() ? value : tensors.reduced(Reduction.SUM, value.dataType(), value, axes);
  }

  private static Value mean(TensorBuilder tensors, Value value, List<Integer> axes) {
    if (axes.isEmpty()) {
      return value;
    }
    if (value.isFloat()) {
      return tensors.reduced(Reduction.MEAN, DataType.FLOAT32, value, axes);
    }
    long count = 1;
    for (int axis : axes) {
      count = Math.multiplyExact(count, value.dimension(axis));
    }
    Formula total = Formula.of(sum(tensors, value, axes));
    return tensors.elementwise(total.over(Formula.whole(value.dataType(), count)));
  }

  private static Value greatest(TensorBuilder tensors, Value value, List<Integer> axes) {
    return extreme(tensors, value, axes, Reduction.MAX);
  }

  private static Value least(TensorBuilder tensors, Value value, List<Integer> axes) {
    return extreme(tensors, value, axes, Reduction.MIN);
  }

  /** Bools have an order, too. */
  private static Value extreme(
      TensorBuilder tensors, Value value, List<Integer> axes, Reduction reduction) {
    if (axes.isEmpty()) {
      return value;
    }
    if (value.dataType() != DataType.BOOL) {
      return tensors.reduced(reduction, value.dataType(), value, axes);
    }
    Value bytes = tensors.cast(value, DataType.UINT8);
    return tensors.cast(tensors.reduced(reduction, DataType.UINT8, bytes, axes), DataType.BOOL);
  }

  private static Value absoluteSum(TensorBuilder tensors, Value value, List<Integer> axes) {
    return sum(tensors, tensors.elementwise(Formula.of(value).absolute()), axes);
  }

  private static Value squareSum(TensorBuilder tensors, Value value, List<Integer> axes) {
    return axes.isEmpty()
        ? tensors.elementwise(Formula.of(value).square())
        : tensors.fold(FoldRequest.over(Reduction.SUM, value.dataType(), value, axes).squared());
  }

  private static Value length(TensorBuilder tensors, Value value, List<Integer> axes) {
    Formula squares = Formula.of(squareSum(tensors, value, axes)).to(DataType.FLOAT32);
    return tensors.elementwise(squares.squareRoot().to(value.dataType()));
  }

  private static Value logarithmOfSum(TensorBuilder tensors, Value value, List<Integer> axes) {
    Formula total = Formula.of(sum(tensors, value, axes)).to(DataType.FLOAT32);
    return tensors.elementwise(total.logarithm().to(value.dataType()));
  }

  /** With the greatest element taken out, which an infinity is not. */
  private static Value logarithmOfPowers(TensorBuilder tensors, Value value, List<Integer> axes) {
    Value x = tensors.cast(value, DataType.FLOAT32);
    Formula greatest = Formula.number(Float.MAX_VALUE);
    Value shift =
        tensors.elementwise(
            Formula.of(greatest(tensors, x, axes)).within(greatest.negated(), greatest));
    Value stretched = tensors.reshaped(shift, Shapes.with(x.shape(), axes, 1));
    Value powers = tensors.map(x.shape(), Formula.of(x).minus(Formula.of(stretched)).exponential());
    Formula total = Formula.of(sum(tensors, powers, axes));
    return tensors.elementwise(total.logarithm().plus(Formula.of(shift)).to(value.dataType()));
  }

  private static Value position(Call call, Reduction reduction) {
    TensorBuilder tensors = call.tensors();
    Value value = call.input(0);
    int axis = call.axis(0, value.rank());
    boolean isLast = call.attributes().flag("select_last_index", false);
    Value searched =
        isLast ? Gathering.reversed(tensors, value, Optional.empty(), axis, axis) : value;
    Value position = tensors.reduced(reduction, DataType.INT64, searched, List.of(axis));
    if (isLast) {
      Formula last = Formula.integer(value.dimension(axis) - 1L);
      position = tensors.elementwise(last.minus(Formula.of(position)));
    }
    return kept(call, value, List.of(axis), position);
  }
}
