package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The windows of a convolution turned round: each place of the input adds to a window of the
 * output. Seen from the output, element o gets what input place i and window element k give with
 * i·stride + k = o + padding. With o + padding = stride·q + r these are i = q − t and k = stride·t
 * + r for t = 0, 1, …: no parity has to be asked for.
 */
record SpreadWindows(List<Axis> axes) {
  /**
   * On one axis.
   *
   * @param kernel elements of a window, with the gaps of its dilation
   * @param before padding that is cut off in front
   * @param size elements of the output
   */
  record Axis(int kernel, int stride, int before, int size) {
    /** Elements that lie between a whole number of strides and the output's first one. */
    private int rest() {
      return Math.floorMod(before, stride);
    }

    private int shift() {
      return Math.floorDiv(before, stride);
    }

    /** Values of q. */
    int quotients() {
      return Shapes.dimension(Math.ceilDiv((long) size + rest(), stride));
    }

    /** Values of t. */
    int turns() {
      return Math.ceilDiv(kernel, stride);
    }
  }

  SpreadWindows {
    axes = List.copyOf(axes);
  }

  /** For each axis the values of q and of r. */
  List<Integer> grid() {
    List<Integer> grid = new ArrayList<>();
    axes.forEach(axis -> grid.addAll(List.of(axis.quotients(), axis.stride())));
    return grid;
  }

  List<Integer> turns() {
    return axes.stream().map(Axis::turns).toList();
  }

  /**
   * The input's places.
   *
   * @param grid the axis of the first q; its r and the others follow
   * @param turn the axis of the first t
   */
  List<Access> places(int grid, int turn) {
    List<Access> accesses = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      accesses.add(
          Access.affine(
              axes.get(axis).shift(),
              Access.part(grid + 2 * axis, 1),
              Access.part(turn + axis, -1)));
    }
    return accesses;
  }

  /** The window's elements. */
  List<Access> elements(int grid, int turn) {
    List<Access> accesses = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      accesses.add(
          Access.affine(
              0,
              Access.part(grid + 2 * axis + 1, 1),
              Access.part(turn + axis, axes.get(axis).stride())));
    }
    return accesses;
  }

  /**
   * The output: q and r become one axis again, and what does not belong to it is cut off.
   *
   * @param result whose last axes are those of the grid
   */
  Value assembled(TensorBuilder tensors, Value result) {
    List<Integer> shape =
        new ArrayList<>(result.shape().subList(0, result.rank() - 2 * axes.size()));
    List<Integer> starts = new ArrayList<>(Collections.nCopies(shape.size(), 0));
    List<Integer> sizes = new ArrayList<>(shape);
    for (Axis axis : axes) {
      shape.add(Math.multiplyExact(axis.quotients(), axis.stride()));
      starts.add(axis.rest());
      sizes.add(axis.size());
    }
    return tensors.sliced(
        tensors.reshaped(result, shape), starts, Collections.nCopies(shape.size(), 1), sizes);
  }

  /** The value with so many zeros less one behind each element of an axis, but for the last. */
  static Value spread(TensorBuilder tensors, Value value, int axis, int step) {
    if (step == 1 || value.dimension(axis) == 1) {
      return value;
    }
    // An axis of extent 1 behind the other: only its place 0 has an element.
    List<Integer> unit = List.of(axis + 1);
    Value pairs = tensors.unsqueezed(value, unit);
    List<Integer> shape = Shapes.with(pairs.shape(), axis + 1, step);
    Value gaps = tensors.map(shape, Formula.of(pairs, Access.identity(shape.size())));
    List<Integer> joined =
        Shapes.with(value.shape(), axis, Math.multiplyExact(value.dimension(axis), step));
    return tensors.part(tensors.reshaped(gaps, joined), axis, 0, joined.get(axis) - step + 1);
  }
}
