package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.Formula.integer;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Pooling over windows and over everything. */
final class Pooling {
  private Pooling() {}

  static void addTo(OperatorTable table) {
    table.addMany("MaxPool", Pooling::greatest);
    table.add("AveragePool", Pooling::average);
    table.add("LpPool", Pooling::norm);
    table.add("GlobalMaxPool", call -> global(call, Reduction.MAX));
    table.add("GlobalAveragePool", call -> global(call, Reduction.MEAN));
    table.add("GlobalLpPool", Pooling::globalNorm);
  }

  private static Windows windows(Call call) {
    return Windows.of(call.attributes(), call.input(0), Windows.kernelShape(call.attributes()));
  }

  /** A fold over windows, which keeps batch and channels. */
  private static FoldRequest request(
      Reduction reduction, DataType type, Value value, Windows windows) {
    List<Integer> shape = Shapes.join(value.shape().subList(0, 2), windows.places());
    return FoldRequest.of(
        reduction,
        type,
        shape,
        windows.kernel(),
        new Reading(value, Shapes.join(Access.identity(2), windows.accesses(2, shape.size()))));
  }

  private static Value fold(
      Call call, Reduction reduction, DataType type, Value value, Windows windows) {
    return call.tensors().fold(request(reduction, type, value, windows));
  }

  private static List<Value> greatest(Call call) {
    Value value = call.input(0);
    Windows windows = windows(call);
    List<Value> results = new ArrayList<>();
    results.add(fold(call, Reduction.MAX, value.dataType(), value, windows));
    if (call.wantsOutput(1)) {
      results.add(indices(call, value, windows));
    }
    return results;
  }

  /** Where in the whole tensor the greatest element of each window stands. */
  private static Value indices(Call call, Value value, Windows windows) {
    Value position = fold(call, Reduction.ARGMAX, DataType.INT64, value, windows);
    boolean columnFirst = call.attributes().flag("storage_order", false);
    List<Integer> spatial = new ArrayList<>(Value.natural(windows.axes().size()));
    if (columnFirst) {
      Collections.reverse(spatial);
    }
    Formula index = Formula.index(0).times(integer(value.dimension(1))).plus(Formula.index(1));
    List<Formula> places = places(position, windows);
    for (int axis : spatial) {
      index = index.times(integer(windows.axes().get(axis).size())).plus(places.get(axis));
    }
    return call.tensors().map(position.shape(), index);
  }

  /** On each spatial axis, of a position in the window's row-major order. */
  private static List<Formula> places(Value position, Windows windows) {
    List<Formula> places = new ArrayList<>();
    Formula rest = Formula.of(position);
    for (int axis = windows.axes().size() - 1; axis >= 0; axis--) {
      Windows.Window window = windows.axes().get(axis);
      Formula element = rest.modulo(integer(window.kernel()));
      rest = rest.over(integer(window.kernel()));
      places.addFirst(
          Formula.index(2 + axis)
              .times(integer(window.stride()))
              .plus(element.times(integer(window.dilation())))
              .minus(integer(window.before())));
    }
    return places;
  }

  /** The mean of those elements that there are, or a sum over all that the window covers. */
  private static Value average(Call call) {
    Value value = call.input(0);
    Windows windows = windows(call);
    if (!call.attributes().flag("count_include_pad", false)) {
      return fold(call, Reduction.MEAN, DataType.FLOAT32, value, windows);
    }
    Value sums = fold(call, Reduction.SUM, DataType.FLOAT32, value, windows);
    Value counts = counts(call.tensors(), windows);
    return call.tensors().map(sums.shape(), Formula.of(sums).over(Formula.of(counts)));
  }

  /** How many elements, or places of padding, each window covers. */
  private static Value counts(TensorBuilder tensors, Windows windows) {
    Formula count = Formula.number(1);
    for (int axis = 0; axis < windows.axes().size(); axis++) {
      Value covered = covered(tensors, windows.axes().get(axis));
      count = count.times(Formula.of(covered, List.of(Access.along(2 + axis))));
    }
    return tensors.map(Shapes.join(List.of(1, 1), windows.places()), count);
  }

  private static Value covered(TensorBuilder tensors, Windows.Window window) {
    float[] numbers = new float[window.places()];
    for (int place = 0; place < numbers.length; place++) {
      numbers[place] = window.covered(place);
    }
    return tensors.numbers(List.of(numbers.length), numbers);
  }

  private static Value norm(Call call) {
    Windows windows = windows(call);
    return Norms.root(
        call.tensors(),
        call.attributes().integer("p", 2),
        call.input(0),
        value -> request(Reduction.SUM, DataType.FLOAT32, value, windows));
  }

  private static List<Integer> spatialAxes(Value value) {
    return IntStream.range(2, value.rank()).boxed().toList();
  }

  private static Value global(Call call, Reduction reduction) {
    Value value = call.input(0);
    return call.tensors().reducedInPlace(reduction, value.dataType(), value, spatialAxes(value));
  }

  private static Value globalNorm(Call call) {
    Value value = call.input(0);
    return Norms.norm(call.tensors(), call.attributes().integer("p", 2), value, spatialAxes(value));
  }
}
