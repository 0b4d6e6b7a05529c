package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/** Makes GATHER nodes. */
final class Gathers {
  private final ProgramBuilder program;

  Gathers(ProgramBuilder program) {
    this.program = program;
  }

  /**
   * Elements that indices pick on one axis of the data. A negative index counts from the axis's
   * end; one out of range gives NaN or 0.
   *
   * @param order in which the result is stored
   * @param data whose access on the axis does not count
   */
  Value gather(
      List<Integer> shape, List<Integer> order, Reading indices, Reading data, int axis) {
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
                    new Operand(
                        positions.getFirst(), indices.value().dataType(), geometry.view(0)),
                    new Operand(positions.getLast(), type, geometry.view(1)),
                    geometry.gatheredPlace()));
    return new Value(type, shape, order, source);
  }
}
