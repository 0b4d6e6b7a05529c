package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Elements that indices pick. */
final class Gathering {
  private Gathering() {}

  static void addTo(OperatorTable table) {
    table.add("Gather", Gathering::gather);
    table.add("GatherElements", Gathering::gatherElements);
    table.add("GatherND", Gathering::gatherPoints);
    table.add("Compress", Gathering::compress);
    table.add("ReverseSequence", Gathering::reverseSequences);
  }

  /** Slices along an axis; constant indices are places. */
  private static Value gather(Call call) {
    TensorBuilder tensors = call.tensors();
    Value data = call.input(0);
    Value indices = call.input(1);
    int axis = call.axis(0, data.rank());
    List<Integer> shape =
        Shapes.join(
            data.shape().subList(0, axis),
            indices.shape(),
            data.shape().subList(axis + 1, data.rank()));
    if (indices.isConstant() && !shape.contains(0)) {
      int[] places = places(tensors.elements("the indices", indices), data.dimension(axis));
      return tensors.reshaped(Picking.picked(tensors, data, axis, places), shape);
    }
    List<Access> all = Access.identity(shape.size());
    int behind = axis + indices.rank();
    return tensors.gathered(
        shape,
        new Reading(indices, all.subList(axis, behind)),
        new Reading(
            data,
            Shapes.join(
                all.subList(0, axis), List.of(Access.at(0)), all.subList(behind, shape.size()))),
        axis);
  }

  private static int[] places(long[] indices, int extent) {
    int[] places = new int[indices.length];
    for (int at = 0; at < places.length; at++) {
      places[at] = Shapes.place(indices[at], extent);
    }
    return places;
  }

  private static Value gatherElements(Call call) {
    Value data = call.input(0);
    Value indices = call.input(1);
    if (indices.rank() != data.rank()) {
      throw new LoweringFailure.Invalid(
          "indices of " + indices.shape() + " don't fit a tensor of " + data.shape());
    }
    return call.tensors()
        .gathered(
            indices.shape(),
            Reading.identity(indices),
            Reading.identity(data),
            call.axis(0, data.rank()));
  }

  /** The last axis of the indices is a point in the axes of the data behind the batch's. */
  private static Value gatherPoints(Call call) {
    TensorBuilder tensors = call.tensors();
    Value data = call.input(0);
    Value indices = call.input(1);
    int batch = Math.toIntExact(call.attributes().integer("batch_dims", 0));
    if (indices.rank() == 0 || batch < 0 || batch >= indices.rank()) {
      throw new LoweringFailure.Invalid("indices of " + indices.shape() + " are no points");
    }
    Points points = new Points(data, indices, batch);
    List<Integer> shape =
        Shapes.join(indices.shape().subList(0, indices.rank() - 1), points.slice());
    Value numbers = points.numbers(tensors);
    List<Access> all = Access.identity(shape.size());
    return tensors.gathered(
        shape,
        new Reading(numbers, all.subList(0, numbers.rank())),
        new Reading(
            points.flattened(tensors),
            Shapes.join(
                all.subList(0, batch),
                List.of(Access.at(0)),
                all.subList(numbers.rank(), shape.size()))),
        batch);
  }

  /** The slices for which a constant condition holds. */
  private static Value compress(Call call) {
    TensorBuilder tensors = call.tensors();
    Value value = call.input(0);
    boolean isFlat = !call.attributes().has("axis");
    Value data = isFlat ? tensors.reshaped(value, List.of(Shapes.dimension(value.count()))) : value;
    int axis = isFlat ? 0 : call.axis(0, value.rank());
    long[] condition = tensors.elements("the condition", call.input(1));
    List<Integer> kept = new ArrayList<>();
    for (int at = 0; at < Math.min(condition.length, data.dimension(axis)); at++) {
      if (condition[at] != 0) {
        kept.add(at);
      }
    }
    return Picking.picked(tensors, data, axis, kept.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Value reverseSequences(Call call) {
    Value value = call.input(0);
    int batch = Shapes.axis(call.attributes().integer("batch_axis", 1), value.rank());
    int time = Shapes.axis(call.attributes().integer("time_axis", 0), value.rank());
    return reversed(call.tensors(), value, Optional.of(call.input(1)), batch, time);
  }

  /**
   * Of each sequence of a batch its elements the other way round, and what lies behind its end as
   * it is.
   *
   * @param lengths of the sequences; nothing if all are whole
   */
  static Value reversed(
      TensorBuilder tensors, Value value, Optional<Value> lengths, int batch, int time) {
    if (lengths.isEmpty()) {
      Access backwards = Access.affine(value.dimension(time) - 1, Access.part(time, -1));
      return tensors.map(
          value.shape(), Formula.of(value, Access.identity(value.rank(), time, backwards)));
    }
    Formula length = Formula.of(lengths.get(), List.of(Access.along(batch))).to(DataType.INT64);
    Formula place = Formula.index(time);
    Formula fromEnd = length.minus(place).minus(Formula.integer(1));
    List<Integer> shape = Shapes.only(value.shape(), List.of(batch, time));
    Value places = tensors.map(shape, place.isLess(length).choose(fromEnd, place));
    return tensors.gathered(
        value.shape(),
        new Reading(places, Access.broadcast(shape, value.rank())),
        Reading.identity(value),
        time);
  }
}
