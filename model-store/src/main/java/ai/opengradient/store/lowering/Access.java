package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where on one axis of a value an element finds its operand: ⌊(offset + Σ coefficient·x[axis]) /
 * divisor⌋. Axes are those of what is computed, in the order of its shape; a fold's own axes come
 * after them.
 */
record Access(int offset, int divisor, List<Part> parts) {
  /** A coordinate times a coefficient that is not zero. */
  record Part(int axis, int coefficient) {}

  Access {
    parts = List.copyOf(parts);
  }

  static Access at(int place) {
    return new Access(place, 1, List.of());
  }

  static Access along(int axis) {
    return affine(0, part(axis, 1));
  }

  static Access affine(int offset, Part... parts) {
    return new Access(offset, 1, Arrays.asList(parts));
  }

  static Part part(int axis, int coefficient) {
    return new Part(axis, coefficient);
  }

  /** The same, so many elements farther. */
  Access shifted(int distance) {
    return new Access(Math.addExact(offset, Math.multiplyExact(distance, divisor)), divisor, parts);
  }

  /** On every axis the coordinate of the same axis. */
  static List<Access> identity(int rank) {
    List<Access> accesses = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      accesses.add(along(axis));
    }
    return accesses;
  }

  /** The same but for one axis. */
  static List<Access> identity(int rank, int axis, Access other) {
    List<Access> accesses = identity(rank);
    accesses.set(axis, other);
    return accesses;
  }

  /**
   * On the axes of a shape that is stretched to a rank, from the right: dimensions of 1 stay at 0.
   */
  static List<Access> broadcast(List<Integer> shape, int rank) {
    List<Access> accesses = new ArrayList<>();
    for (int axis = 0; axis < shape.size(); axis++) {
      accesses.add(shape.get(axis) == 1 ? at(0) : along(axis + rank - shape.size()));
    }
    return accesses;
  }
}
