package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Arithmetic of shapes. */
final class Shapes {
  private Shapes() {}

  /** The product of the dimensions. */
  static long count(List<Integer> shape) {
    if (shape.contains(0)) {
      return 0;
    }
    long count = 1;
    for (int dimension : shape) {
      count = Math.multiplyExact(count, (long) dimension);
    }
    return count;
  }

  /** The product of dimensions that is a dimension, too. */
  static int product(List<Integer> dimensions) {
    return dimension(count(dimensions));
  }

  /**
   * The shape to which both are stretched: dimensions of 1 follow the other one's.
   *
   * <p>Source: ONNX, Multidirectional Broadcasting.
   */
  static List<Integer> broadcast(List<Integer> first, List<Integer> second) {
    int rank = Math.max(first.size(), second.size());
    List<Integer> shape = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int one = fromRight(first, rank - axis);
      int other = fromRight(second, rank - axis);
      if (one != other && one != 1 && other != 1) {
        throw new LoweringFailure.Invalid(
            "the shapes " + first + " and " + second + " don't fit each other");
      }
      shape.add(one == 1 ? other : one);
    }
    return shape;
  }

  private static int fromRight(List<Integer> shape, int place) {
    return place <= shape.size() ? shape.get(shape.size() - place) : 1;
  }

  /** An axis counted from the front, of one that a negative number counts from the back. */
  static int axis(long axis, int rank) {
    long fromFront = axis < 0 ? axis + rank : axis;
    if (fromFront < 0 || fromFront >= rank) {
      throw new LoweringFailure.Invalid(
          "there is no axis " + axis + " in a tensor of rank " + rank);
    }
    return (int) fromFront;
  }

  /** Axes counted from the front, as they are listed. */
  static List<Integer> axesInOrder(Collection<Long> axes, int rank) {
    return axes.stream().map(axis -> axis(axis, rank)).toList();
  }

  /**
   * A place on an axis of this extent, counted from the front, of an index that a negative number
   * counts from the end.
   */
  static int place(long index, int extent) {
    long place = index < 0 ? index + extent : index;
    if (place < 0 || place >= extent) {
      throw new LoweringFailure.Invalid("the index " + index + " is out of an axis of " + extent);
    }
    return (int) place;
  }

  /** Different axes, ascending. */
  static List<Integer> axes(Collection<Long> axes, int rank) {
    List<Integer> list = axesInOrder(axes, rank).stream().sorted().toList();
    if (list.stream().distinct().count() != list.size()) {
      throw new LoweringFailure.Invalid("the axes " + axes + " name one twice");
    }
    return list;
  }

  /** A copy with one dimension replaced. */
  static List<Integer> with(List<Integer> shape, int axis, int dimension) {
    List<Integer> copy = new ArrayList<>(shape);
    copy.set(axis, dimension);
    return copy;
  }

  /** A copy with the same dimension on some axes. */
  static List<Integer> with(List<Integer> shape, Collection<Integer> axes, int dimension) {
    List<Integer> copy = new ArrayList<>(shape);
    axes.forEach(axis -> copy.set(axis, dimension));
    return copy;
  }

  /** A copy with 1 on all axes but some. */
  static List<Integer> only(List<Integer> shape, Collection<Integer> axes) {
    List<Integer> copy = new ArrayList<>();
    for (int axis = 0; axis < shape.size(); axis++) {
      copy.add(axes.contains(axis) ? shape.get(axis) : 1);
    }
    return copy;
  }

  /** A copy without some of its entries. */
  static List<Integer> without(List<Integer> shape, Collection<Integer> axes) {
    List<Integer> rest = new ArrayList<>();
    for (int axis = 0; axis < shape.size(); axis++) {
      if (!axes.contains(axis)) {
        rest.add(shape.get(axis));
      }
    }
    return rest;
  }

  /** One list after the other. */
  @SafeVarargs
  static <T> List<T> join(List<T>... parts) {
    List<T> all = new ArrayList<>();
    for (List<T> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  /** A dimension that a graph computes. */
  static int dimension(long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new LoweringFailure.Invalid("a dimension of " + size + " is out of range");
    }
    return (int) size;
  }

  static List<Integer> dimensions(Collection<Long> sizes) {
    return sizes.stream().map(Shapes::dimension).toList();
  }
}
