package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Makes GATHER nodes. */
final class Gathers {
  private final ProgramBuilder program;

  Gathers(ProgramBuilder program) {
    this.program = program;
  }

  /**
   * As the data are stored, with the axes of the indices in the place of the one that they pick.
   */
  static List<Integer> order(int rank, Reading indices, Reading data, int axis) {
    List<Integer> picked = new ArrayList<>(Reading.order(rank, List.of(indices)));
    for (int other = 0; other < data.value().rank(); other++) {
      if (other != axis) {
        picked.removeAll(axes(data, other));
      }
    }
    SequencedSet<Integer> order = new LinkedHashSet<>();
    for (int stored : data.value().order()) {
      order.addAll(stored == axis ? picked : axes(data, stored));
    }
    return List.copyOf(order);
  }

  private static List<Integer> axes(Reading reading, int axis) {
    return reading.accesses().get(axis).parts().stream().map(Access.Part::axis).toList();
  }

  /**
   * Elements that indices pick on one axis of the data. A negative index counts from the axis's
   * end; one out of range gives NaN or 0.
   *
   * @param order in which the result is stored
   * @param data whose access on the axis does not count
   */
  Value gather(List<Integer> shape, List<Integer> order, Reading indices, Reading data, int axis) {
    DataType type = data.value().dataType();
    if (shape.contains(0)) {
      return Value.empty(type, shape);
    }
    if (data.value().isEmpty()) {
      throw new LoweringFailure.Invalid("indices into a tensor without elements");
    }
    Geometry geometry = new Geometry(shape, order, List.of(), List.of());
    geometry.add(indices);
    geometry.addGathered(data, axis);
    geometry.simplify();
    Source source =
        program.add(
            List.of(indices.value().source(), data.value().source()),
            positions ->
                new Node.Gather(
                    type,
                    geometry.space(),
                    new Operand(positions.getFirst(), indices.value().dataType(), geometry.view(0)),
                    new Operand(positions.getLast(), type, geometry.view(1)),
                    geometry.gatheredPlace()));
    return new Value(type, shape, order, source);
  }
}
