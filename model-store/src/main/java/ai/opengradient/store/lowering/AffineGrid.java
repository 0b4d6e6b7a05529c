package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/** AffineGrid: the points of a regular grid, each moved by a matrix. */
final class AffineGrid {
  private AffineGrid() {}

  static void addTo(OperatorTable table) {
    table.add("AffineGrid", AffineGrid::lower);
  }

  private static Value lower(Call call) {
    TensorBuilder tensors = call.tensors();
    Value matrices = call.input(0);
    List<Integer> size = Shapes.dimensions(call.integers(1, "the size"));
    int axes = size.size() - 2;
    if (axes < 1
        || matrices.rank() != 3
        || matrices.dimension(1) != axes
        || matrices.dimension(2) != axes + 1) {
      throw new LoweringFailure.Invalid(
          "matrices of " + matrices.shape() + " don't fit a grid of " + size);
    }
    List<Integer> extents = size.subList(2, size.size());
    Value points =
        tensors.map(
            Shapes.join(extents, List.of(axes + 1)),
            point(extents, call.attributes().flag("align_corners", false)));
    List<Integer> shape = Shapes.join(List.of(size.getFirst()), extents, List.of(axes));
    int coordinate = 1 + axes;
    List<Access> all = Access.identity(coordinate + 2);
    return tensors.fold(
        FoldRequest.dot(
            DataType.FLOAT32,
            shape,
            List.of(axes + 1),
            new Reading(
                points, Shapes.join(all.subList(1, coordinate), List.of(all.get(coordinate + 1)))),
            new Reading(
                matrices, List.of(all.get(0), all.get(coordinate), all.get(coordinate + 1)))));
  }

  /** A grid point's coordinates from −1 to 1, the last axis first, and a one behind them. */
  private static Formula point(List<Integer> extents, boolean alignsCorners) {
    int axes = extents.size();
    Formula result = Formula.number(1);
    for (int axis = 0; axis < axes; axis++) {
      int extent = extents.get(axis);
      double step = alignsCorners ? 2.0 / (extent - 1) : 2.0 / extent;
      double start = alignsCorners ? -1 : -1 + step / 2;
      Formula coordinate =
          extent == 1 && alignsCorners
              ? Formula.number(-1)
              : Formula.index(axis).to(DataType.FLOAT32).times(step).plus(start);
      Formula isHere = Formula.index(axes).isEqual(Formula.integer(axes - 1L - axis));
      result = isHere.choose(coordinate, result);
    }
    return result;
  }
}
