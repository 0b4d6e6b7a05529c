package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.access.Affine;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Some axes of a fold's space, whose points are numbered in row-major order: the rows of a matrix,
 * or its columns, or what tells apart the matrices of a batch.
 */
final class Axes {
  private final int[] axes;
  private final int[] extents;
  private final int size;

  /**
   * Some axes.
   *
   * @param axes ascending
   * @param spaceExtents of all axes of the space
   */
  Axes(int[] axes, int[] spaceExtents) {
    this.axes = axes;
    extents = Arrays.stream(axes).map(axis -> spaceExtents[axis]).toArray();
    size = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
  }

  /** The number of points. */
  int size() {
    return size;
  }

  /** The only axis, if there is one. */
  OptionalInt only() {
    return axes.length == 1 ? OptionalInt.of(axes[0]) : OptionalInt.empty();
  }

  boolean anyMatch(IntPredicate condition) {
    return Arrays.stream(axes).anyMatch(condition);
  }

  boolean contains(int axis) {
    return Arrays.binarySearch(axes, axis) >= 0;
  }

  /** Sets the coordinates of a point on these axes. */
  void locate(int point, int[] x) {
    int rest = point;
    for (int at = axes.length - 1; at >= 0; at--) {
      x[axes[at]] = rest % extents[at];
      rest /= extents[at];
    }
  }

  /** Whether a form's value at each of their points is so many times its number. */
  boolean areNumberedBy(Affine form, int step) {
    long factor = step;
    for (int at = axes.length - 1; at >= 0; at--) {
      if (extents[at] > 1 && form.factor(axes[at]) != factor) {
        return false;
      }
      factor *= extents[at];
    }
    return form.constant() == 0;
  }

  /** Sets the coordinates on these axes to zero. */
  void clear(int[] x) {
    for (int axis : axes) {
      x[axis] = 0;
    }
  }
}
