package ai.opengradient.canon.engine.access;

import ai.opengradient.canon.program.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The axes of a box merged as far as some forms allow: axes of extent 1 are left out, and two
 * adjacent ones become one if all forms step along them as along one. There is at least one axis.
 */
public final class Nest {
  private final int[] extents;

  /** By axis: the innermost of the box's axes in it. */
  private final int[] innermost;

  private Nest(int[] extents, int[] innermost) {
    this.extents = extents;
    this.innermost = innermost;
  }

  /** The extents of a space as a box: a scalar has an axis with one point here. */
  public static int[] box(Space space) {
    return space.rank() == 0 ? new int[] {1} : space.toArray();
  }

  /**
   * Merges a box's axes.
   *
   * @param extents of the box, at least one
   */
  public static Nest of(int[] extents, List<Affine> forms) {
    List<Integer> merged = new ArrayList<>();
    List<Integer> innermost = new ArrayList<>();
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] == 1) {
        continue;
      }
      int last = merged.size() - 1;
      if (last >= 0 && isOneStep(innermost.get(last), axis, extents[axis], forms)) {
        merged.set(last, merged.get(last) * extents[axis]);
        innermost.set(last, axis);
      } else {
        merged.add(extents[axis]);
        innermost.add(axis);
      }
    }
    if (merged.isEmpty()) {
      merged.add(1);
      innermost.add(extents.length - 1);
    }
    return new Nest(array(merged), array(innermost));
  }

  /** The box's axes as they are. */
  public static Nest whole(int[] extents) {
    return new Nest(extents, IntStream.range(0, extents.length).toArray());
  }

  private static boolean isOneStep(int outer, int inner, int innerExtent, List<Affine> forms) {
    return forms.stream().allMatch(form -> form.factor(outer) == form.factor(inner) * innerExtent);
  }

  private static int[] array(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  public int axes() {
    return extents.length;
  }

  public int extent(int axis) {
    return extents[axis];
  }

  /** The number of a point in row-major order. */
  public Affine numbering() {
    return Affine.rowMajor(extents, extents.length);
  }

  /** The extent of the innermost axis. */
  public int length() {
    return extents[extents.length - 1];
  }

  /** The number of points on all axes but the innermost. */
  public int runs() {
    int runs = 1;
    for (int axis = 0; axis < extents.length - 1; axis++) {
      runs *= extents[axis];
    }
    return runs;
  }

  long least(Affine form) {
    return form.least(extents);
  }

  long greatest(Affine form) {
    return form.greatest(extents);
  }

  /** Sets the coordinates of a run's first point. */
  public void locate(int run, int[] x) {
    int rest = run;
    x[extents.length - 1] = 0;
    for (int axis = extents.length - 2; axis >= 0; axis--) {
      x[axis] = rest % extents[axis];
      rest /= extents[axis];
    }
  }

  int innermostOf(int axis) {
    return innermost[axis];
  }
}
