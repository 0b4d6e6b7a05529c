package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Optional;

/** Elements at places of an axis that are known: by a formula where one fits, else by a GATHER. */
final class Picking {
  private Picking() {}

  /**
   * The value with other places of an axis.
   *
   * @param places from 0 to below the axis's extent
   */
  static Value picked(TensorBuilder tensors, Value value, int axis, int[] places) {
    List<Integer> shape = Shapes.with(value.shape(), axis, places.length);
    if (shape.contains(0)) {
      return Value.empty(value.dataType(), shape);
    }
    Optional<Access> access = access(axis, places);
    if (access.isPresent()) {
      List<Access> accesses = Access.identity(value.rank(), axis, access.get());
      boolean isWhole = shape.equals(value.shape()) && access.get().equals(Access.along(axis));
      return isWhole ? value : tensors.map(shape, Formula.of(value, accesses));
    }
    long[] elements = new long[places.length];
    for (int at = 0; at < places.length; at++) {
      elements[at] = places[at];
    }
    Value indices = tensors.constant(DataType.INT64, List.of(elements.length), elements);
    return tensors.gathered(
        shape, new Reading(indices, List.of(Access.along(axis))), Reading.identity(value), axis);
  }

  /** In equal steps, or each place so many times. */
  private static Optional<Access> access(int axis, int[] places) {
    if (places.length == 1) {
      return Optional.of(Access.at(places[0]));
    }
    int step = places[1] - places[0];
    if (step != 0 && follows(places, 1, step)) {
      return Optional.of(Access.affine(places[0], Access.part(axis, step)));
    }
    int repeats = 1;
    while (repeats < places.length && places[repeats] == places[0]) {
      repeats++;
    }
    if (follows(places, repeats, 1)) {
      return Optional.of(
          new Access(
              Math.multiplyExact(places[0], repeats), repeats, List.of(Access.part(axis, 1))));
    }
    return Optional.empty();
  }

  private static boolean follows(int[] places, int repeats, int step) {
    for (int at = 0; at < places.length; at++) {
      if (places[at] != places[0] + at / repeats * step) {
        return false;
      }
    }
    return true;
  }
}
