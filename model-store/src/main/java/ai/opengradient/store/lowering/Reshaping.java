package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a value in another shape without moving its elements, where they stand well for that:
 * where every group of axes that becomes another group is stored together and in order.
 */
final class Reshaping {
  /** Axes of the old shape that become axes of the new one, with the same product. */
  private record Group(List<Integer> before, List<Integer> after) {}

  private final Value value;
  private final List<Integer> shape;

  private Reshaping(Value value, List<Integer> shape) {
    this.value = value;
    this.shape = shape;
  }

  /**
   * The value in another shape of as many elements, if none of them has to move.
   *
   * @param value not empty
   */
  static Optional<Value> withoutMoving(Value value, List<Integer> shape) {
    return new Reshaping(value, shape)
        .order()
        .map(order -> new Value(value.dataType(), shape, order, value.source()));
  }

  /** The new axes in the order in which they are stored. */
  private Optional<List<Integer>> order() {
    List<Integer> stored =
        value.order().stream().filter(axis -> value.dimension(axis) != 1).toList();
    List<Group> groups = groups();
    for (Group group : groups) {
      int place = place(stored, group);
      List<Integer> axes = group.before();
      if (!axes.equals(stored.subList(place, Math.min(stored.size(), place + axes.size())))) {
        return Optional.empty();
      }
    }
    List<Integer> order = new ArrayList<>();
    groups.stream()
        .sorted(Comparator.comparingInt(group -> place(stored, group)))
        .forEach(group -> order.addAll(group.after()));
    return Optional.of(order);
  }

  private static int place(List<Integer> stored, Group group) {
    return group.before().isEmpty() ? 0 : stored.indexOf(group.before().getFirst());
  }

  /** The smallest groups, from the outermost on; axes of extent 1 of the old shape don't count. */
  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    int before = 0;
    int after = 0;
    while (before < value.rank() || after < shape.size()) {
      List<Integer> from = new ArrayList<>();
      List<Integer> to = new ArrayList<>();
      long fromCount = 1;
      long toCount = 1;
      do {
        if (after < shape.size() && (toCount < fromCount || before == value.rank())) {
          toCount *= shape.get(after);
          to.add(after++);
        } else {
          fromCount *= value.dimension(before);
          if (value.dimension(before) != 1) {
            from.add(before);
          }
          before++;
        }
      } while (fromCount != toCount);
      groups.add(new Group(from, to));
    }
    return groups;
  }
}
