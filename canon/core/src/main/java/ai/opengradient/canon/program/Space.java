package ai.opengradient.canon.program;

import ai.opengradient.canon.program.ProgramException.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * The extents of a box of integer coordinates, outermost first: the elements of a node, the terms
 * of a fold, a way to look at a tensor. Rank 0 to 8, every extent at least 1, fewer than 2^31
 * points.
 *
 * @param extents outermost first
 */
public record Space(List<Integer> extents) {
  /** The one point of rank 0. */
  public static final Space SCALAR = new Space(List.of());

  /**
   * @throws ProgramException if the rank, an extent or the size is out of range
   */
  public Space {
    extents = List.copyOf(extents);
    ProgramException.requireCount("rank", extents.size(), 0, Caps.RANK);
    long size = 1;
    for (int extent : extents) {
      ProgramException.requireCount("extent", extent, 1, Integer.MAX_VALUE);
      size *= extent;
      if (size > Integer.MAX_VALUE) {
        throw new ProgramException(
            Fault.TOO_MUCH, "extents " + extents + " make 2^31 elements or more; split the tensor");
      }
    }
  }

  public static Space of(int... extents) {
    List<Integer> list = new ArrayList<>();
    for (int extent : extents) {
      list.add(extent);
    }
    return new Space(list);
  }

  public int rank() {
    return extents.size();
  }

  /** The extents, in an array of the caller's own. */
  public int[] toArray() {
    return extents.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The number of points, 1 to 2^31 − 1. */
  public int size() {
    int size = 1;
    for (int extent : extents) {
      size *= extent;
    }
    return size;
  }

  /** The extent of the innermost axis; there is one. */
  public int innermost() {
    return extents.getLast();
  }

  /**
   * Writes the coordinates of the point with a row-major index into {@code target}, from {@code at}
   * on.
   */
  public void coordinates(int index, int[] target, int at) {
    int rest = index;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      int extent = extents.get(axis);
      target[at + axis] = rest % extent;
      rest /= extent;
    }
  }

  @Override
  public String toString() {
    return extents.toString();
  }
}
