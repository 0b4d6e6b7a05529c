package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Updates written into a tensor at places that indices name. */
final class Scattering {
  private Scattering() {}

  static void addTo(OperatorTable table) {
    table.add("ScatterElements", Scattering::elements);
    table.add("Scatter", Scattering::elements);
    table.add("ScatterND", Scattering::points);
    table.add("TensorScatter", Scattering::intoCache);
    table.add("MaxUnpool", Scattering::unpool);
  }

  private static Value elements(Call call) {
    Value data = call.input(0);
    String reduction = call.attributes().text("reduction", "none");
    return elements(call, data, call.input(1), call.input(2), call.axis(0, data.rank()), reduction);
  }

  private static Value elements(
      Call call, Value data, Value indices, Value updates, int axis, String reduction) {
    if (indices.rank() != data.rank() || !indices.shape().equals(updates.shape())) {
      throw new LoweringFailure.Invalid(
          "indices of "
              + indices.shape()
              + " and updates of "
              + updates.shape()
              + " don't fit a tensor of "
              + data.shape());
    }
    List<Access> accesses = Access.identity(data.rank(), axis, Access.along(data.rank()));
    return written(
        call.tensors(),
        new ScatterTargets(
            data,
            axis,
            new Reading(indices, accesses),
            new Reading(updates, accesses),
            data.shape()),
        reduction);
  }

  /** Slices of the data, with its first axes as one; the updates one behind the other. */
  private static Value points(Call call) {
    TensorBuilder tensors = call.tensors();
    Value indices = call.input(1);
    if (indices.rank() == 0) {
      throw new LoweringFailure.Invalid("indices without any axis are no points");
    }
    Points points = new Points(call.input(0), indices, 0);
    Value numbers = points.numbers(tensors);
    List<Integer> expected = Shapes.join(numbers.shape(), points.slice());
    if (!call.input(2).shape().equals(expected)) {
      throw new LoweringFailure.Invalid(
          "updates of " + call.input(2).shape() + " instead of " + expected);
    }
    Value data = points.flattened(tensors);
    List<Integer> ones = Collections.nCopies(points.slice().size(), 1);
    List<Integer> count = List.of(Shapes.dimension(numbers.count()));
    List<Access> ofNumbers = new ArrayList<>(Collections.nCopies(data.rank(), Access.at(0)));
    ofNumbers.set(0, Access.along(data.rank()));
    List<Access> ofUpdates = Access.identity(data.rank(), 0, Access.along(data.rank()));
    ScatterTargets targets =
        new ScatterTargets(
            data,
            0,
            new Reading(tensors.reshaped(numbers, Shapes.join(count, ones)), ofNumbers),
            new Reading(
                tensors.reshaped(call.input(2), Shapes.join(count, points.slice())), ofUpdates),
            Shapes.join(List.of(data.dimension(0)), ones));
    String reduction = call.attributes().text("reduction", "none");
    return tensors.reshaped(written(tensors, targets, reduction), call.input(0).shape());
  }

  private static Value written(TensorBuilder tensors, ScatterTargets targets, String reduction) {
    Value data = targets.data();
    if (data.isEmpty() || targets.updates().value().isEmpty()) {
      return data;
    }
    DataType type = data.dataType();
    Formula x = Formula.of(data);
    Formula result =
        switch (reduction) {
          case "none" -> targets.last(tensors);
          case "add" -> x.plus(targets.folded(tensors, Reduction.SUM, sumType(type), 0));
          case "mul" -> x.times(targets.product(tensors));
          case "max" ->
              x.max(targets.folded(tensors, Reduction.MAX, type, ConstantTensors.least(type)));
          case "min" ->
              x.min(targets.folded(tensors, Reduction.MIN, type, ConstantTensors.greatest(type)));
          default -> throw new LoweringFailure.Invalid("there is no reduction '" + reduction + "'");
        };
    return tensors.map(data.shape(), result);
  }

  /** Sums of small integers are wider. */
  private static DataType sumType(DataType type) {
    return switch (type) {
      case FLOAT32, INT64 -> type;
      case UINT8, INT8, INT32, BOOL -> DataType.INT32;
    };
  }

  /** Of each of the batch a run of updates, from a place on that may depend on the data. */
  private static Value intoCache(Call call) {
    TensorBuilder tensors = call.tensors();
    Value cache = call.input(0);
    Value update = call.input(1);
    int axis = call.axis(-2, cache.rank());
    if (axis == 0
        || !Shapes.with(update.shape(), axis, 1).equals(Shapes.with(cache.shape(), axis, 1))) {
      throw new LoweringFailure.Invalid(
          "an update of " + update.shape() + " does not fit a cache of " + cache.shape());
    }
    Formula place = Formula.index(axis);
    if (call.optional(2).isPresent()) {
      Formula start = Formula.of(call.input(2), List.of(Access.along(0))).to(DataType.INT64);
      place = place.minus(start);
    }
    if (call.attributes().text("mode", "linear").equals("circular")) {
      place = place.modulo(Formula.integer(cache.dimension(axis)));
    }
    List<Integer> shape = Shapes.only(cache.shape(), List.of(0, axis));
    Value places = tensors.map(shape, place);
    Value updates =
        tensors.gathered(
            cache.shape(),
            new Reading(places, Access.broadcast(shape, cache.rank())),
            Reading.identity(update),
            axis);
    Formula number = Formula.of(places);
    Formula isWritten =
        Formula.integer(0)
            .isAtMost(number)
            .and(number.isLess(Formula.integer(update.dimension(axis))));
    return tensors.map(cache.shape(), isWritten.choose(Formula.of(updates), Formula.of(cache)));
  }

  /** Zeros but where the greatest elements came from. */
  private static Value unpool(Call call) {
    TensorBuilder tensors = call.tensors();
    Value x = call.input(0);
    List<Integer> kernel = Windows.kernelShape(call.attributes());
    int spatial = kernel.size();
    List<Integer> strides = Windows.perAxis(call.attributes(), "strides", spatial, 1);
    List<Integer> pads = Windows.perAxis(call.attributes(), "pads", 2 * spatial, 0);
    if (x.rank() != spatial + 2) {
      throw new LoweringFailure.Invalid("a kernel of " + kernel + " does not fit " + x.shape());
    }
    List<Integer> pooled = new ArrayList<>(x.shape().subList(0, 2));
    for (int axis = 0; axis < spatial; axis++) {
      long size = (x.dimension(axis + 2) - 1L) * strides.get(axis) + kernel.get(axis);
      pooled.add(Shapes.dimension(size - pads.get(axis) - pads.get(axis + spatial)));
    }
    List<Integer> count = List.of(Shapes.dimension(x.count()));
    Value nothing = tensors.map(List.of(Shapes.product(pooled)), Formula.whole(x.dataType(), 0));
    Value written =
        elements(
            call,
            nothing,
            tensors.reshaped(call.input(1), count),
            tensors.reshaped(x, count),
            0,
            "none");
    Value result = tensors.reshaped(written, pooled);
    if (call.optional(2).isEmpty()) {
      return result;
    }
    List<Integer> wanted = Shapes.dimensions(call.integers(2, "the output's shape"));
    return tensors.map(wanted, Formula.of(result, Access.identity(result.rank())));
  }
}
