package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The axes of a node to be, and how its operands follow them, made as simple as they can be without
 * a change of meaning: axes of extent 1 are left out, and neighbours that all operands follow
 * together become one. So nodes that do the same are the same, descriptors are short, and the runs
 * of a fold are long.
 */
final class Geometry {
  /** An axis of the space or of the fold space. Two are equal only if they are the same. */
  private static final class Axis {
    private final int extent;

    Axis(int extent) {
      this.extent = extent;
    }
  }

  /** One coordinate of a view: ⌊(offset + Σ coefficient·x) / divisor⌋. */
  private record Coordinate(int extent, long offset, int divisor, Map<Axis, Long> coefficients) {
    boolean follows(Axis axis) {
      return coefficients.containsKey(axis);
    }

    /** Whether it is x[axis] and nothing else, from end to end. */
    boolean is(Axis axis) {
      return extent == axis.extent
          && offset == 0
          && divisor == 1
          && coefficients.size() == 1
          && coefficients.getOrDefault(axis, 0L) == 1;
    }

    boolean isFixedWithin() {
      return coefficients.isEmpty() && offset >= 0 && offset / divisor < extent;
    }

    Coordinate without(Axis axis) {
      Map<Axis, Long> rest = new LinkedHashMap<>(coefficients);
      rest.remove(axis);
      return new Coordinate(extent, offset, divisor, rest);
    }

    /** This and the next coordinate as one, the next one being fixed. */
    Coordinate joinedWithFixed(Coordinate next) {
      Map<Axis, Long> scaled = new LinkedHashMap<>();
      coefficients.forEach((axis, coefficient) -> scaled.put(axis, coefficient * next.extent));
      return new Coordinate(
          Math.multiplyExact(extent, next.extent),
          offset * next.extent + next.offset / next.divisor,
          1,
          scaled);
    }

    /**
     * This and the next coordinate as one, this one having the outer axis once, the next being the
     * inner.
     */
    Coordinate joined(Coordinate next, Axis outer, Axis both) {
      Map<Axis, Long> scaled = new LinkedHashMap<>();
      coefficients.forEach((axis, coefficient) ->
          scaled.put(axis == outer ? both : axis, axis == outer ? 1 : coefficient * next.extent));
      return new Coordinate(
          Math.multiplyExact(extent, next.extent), offset * next.extent, 1, scaled);
    }

    boolean fits() {
      return coefficients.values().stream().allMatch(Coordinate::isInt) && isInt(offset);
    }

    private static boolean isInt(long number) {
      return number == (int) number;
    }
  }

  private final List<Axis> space = new ArrayList<>();
  private final List<Axis> terms = new ArrayList<>();

  /** By the number that accesses use. */
  private final List<Axis> numbered = new ArrayList<>();

  private final List<Axis> kept = new ArrayList<>();

  /** Stands for the coordinate that an index gives. */
  private final Axis gathered = new Axis(0);

  private final List<List<Coordinate>> views = new ArrayList<>();

  /**
   * @param shape the extents of the axes 0, 1, …
   * @param order in which they are stored
   * @param fold the extents of a fold's axes, which are numbered on
   * @param foldOrder in which terms are taken
   */
  Geometry(List<Integer> shape, List<Integer> order, List<Integer> fold, List<Integer> foldOrder) {
    Shapes.join(shape, fold).forEach(extent -> numbered.add(new Axis(extent)));
    order.forEach(axis -> space.add(numbered.get(axis)));
    foldOrder.forEach(axis -> terms.add(numbered.get(shape.size() + axis)));
  }

  /** The axis stays as it is: somebody asks for its coordinate. */
  void keep(int axis) {
    kept.add(numbered.get(axis));
  }

  /** Adds an operand. */
  void add(Reading reading) {
    List<Coordinate> view = new ArrayList<>();
    for (int axis : reading.value().order()) {
      Access access = reading.accesses().get(axis);
      Map<Axis, Long> coefficients = new LinkedHashMap<>();
      access
          .parts()
          .forEach(part ->
              coefficients.merge(numbered.get(part.axis()), (long) part.coefficient(), Long::sum));
      coefficients.values().removeIf(coefficient -> coefficient == 0);
      view.add(
          new Coordinate(
              reading.value().dimension(axis), access.offset(), access.divisor(), coefficients));
    }
    views.add(view);
  }

  /** Adds an operand of which an index gives the coordinate on one axis. */
  void addGathered(Reading reading, int axis) {
    add(reading);
    Coordinate index = new Coordinate(reading.value().dimension(axis), 0, 1, Map.of(gathered, 1L));
    views.getLast().set(reading.value().order().indexOf(axis), index);
  }

  /** The place of that coordinate in the operand's view. */
  int gatheredPlace() {
    return place(views.getLast(), gathered);
  }

  /** Simplifies what was added. */
  void simplify() {
    for (List<Axis> axes : List.of(space, terms)) {
      for (Axis axis : List.copyOf(axes)) {
        if (axis.extent == 1 && !kept.contains(axis)) {
          axes.remove(axis);
          views.forEach(view -> view.replaceAll(coordinate -> coordinate.without(axis)));
        }
      }
    }
    views.forEach(Geometry::joinFixed);
    for (List<Axis> axes : List.of(space, terms)) {
      for (int outer = axes.size() - 2; outer >= 0; outer--) {
        joinIfTogether(axes, outer);
      }
    }
  }

  /** Coordinates that never move become part of those before them. */
  private static void joinFixed(List<Coordinate> view) {
    view.removeIf(coordinate -> coordinate.extent == 1 && coordinate.isFixedWithin());
    for (int at = view.size() - 1; at > 0; at--) {
      if (view.get(at).isFixedWithin() && view.get(at - 1).divisor == 1) {
        Coordinate joined = view.get(at - 1).joinedWithFixed(view.get(at));
        if (joined.fits()) {
          view.set(at - 1, joined);
          view.remove(at);
        }
      }
    }
  }

  private void joinIfTogether(List<Axis> axes, int at) {
    Axis outer = axes.get(at);
    Axis inner = axes.get(at + 1);
    if (kept.contains(outer)
        || kept.contains(inner)
        || !views.stream().allMatch(view -> followsTogether(view, outer, inner))) {
      return;
    }
    Axis both = new Axis(Math.multiplyExact(outer.extent, inner.extent));
    for (List<Coordinate> view : views) {
      int place = place(view, outer);
      if (place >= 0) {
        view.set(place, view.get(place).joined(view.get(place + 1), outer, both));
        view.remove(place + 1);
      }
    }
    axes.set(at, both);
    axes.remove(at + 1);
  }

  /**
   * Whether a view knows neither, or the inner is the coordinate right behind that of the outer.
   */
  private static boolean followsTogether(List<Coordinate> view, Axis outer, Axis inner) {
    long following = view.stream().filter(one -> one.follows(outer) || one.follows(inner)).count();
    int place = place(view, outer);
    if (place < 0) {
      return following == 0;
    }
    Coordinate first = view.get(place);
    return following == 2
        && place + 1 < view.size()
        && view.get(place + 1).is(inner)
        && !first.follows(inner)
        && first.divisor == 1
        && first.coefficients.getOrDefault(outer, 0L) == 1
        && first.joined(view.get(place + 1), outer, outer).fits();
  }

  /** Of the first coordinate that follows an axis; −1 if there is none. */
  private static int place(List<Coordinate> view, Axis axis) {
    for (int at = 0; at < view.size(); at++) {
      if (view.get(at).follows(axis)) {
        return at;
      }
    }
    return -1;
  }

  /** Whether the innermost fold axis moves each of the first so many operands by one element. */
  boolean isContiguous(int operands) {
    return !terms.isEmpty()
        && views.stream().limit(operands).allMatch(view -> isContiguous(view, terms.getLast()));
  }

  private static boolean isContiguous(List<Coordinate> view, Axis axis) {
    return !view.isEmpty()
        && place(view, axis) == view.size() - 1
        && view.getLast().divisor == 1
        && view.getLast().coefficients.getOrDefault(axis, 0L) == 1;
  }

  /** Adds an innermost fold axis of extent 1: with it every operand is contiguous. */
  void addUnitTerm(int operands) {
    Axis unit = new Axis(1);
    terms.add(unit);
    for (List<Coordinate> view : views.subList(0, operands)) {
      if (view.isEmpty() || view.getLast().divisor != 1) {
        view.add(new Coordinate(1, 0, 1, Map.of(unit, 1L)));
      } else {
        Coordinate last = view.removeLast();
        Map<Axis, Long> coefficients = new LinkedHashMap<>(last.coefficients);
        coefficients.put(unit, 1L);
        view.add(new Coordinate(last.extent, last.offset, 1, coefficients));
      }
    }
  }

  Space space() {
    return space(space);
  }

  Space terms() {
    return space(terms);
  }

  private static Space space(List<Axis> axes) {
    return new Space(axes.stream().map(axis -> axis.extent).toList());
  }

  /** Which axis of the space a kept axis is. */
  int position(int axis) {
    return space.indexOf(numbered.get(axis));
  }

  /** The view of an operand, by the order in which they were added. */
  View view(int operand) {
    List<Axis> all = Shapes.join(space, terms);
    return new View(views.get(operand).stream().map(coordinate -> axis(coordinate, all)).toList());
  }

  private static View.Axis axis(Coordinate coordinate, List<Axis> all) {
    return new View.Axis(
        coordinate.extent,
        Math.toIntExact(coordinate.offset),
        coordinate.divisor,
        coordinate.coefficients.entrySet().stream()
            .filter(entry -> all.contains(entry.getKey()))
            .map(entry ->
                new View.Term(all.indexOf(entry.getKey()), Math.toIntExact(entry.getValue())))
            .sorted(Comparator.comparingInt(View.Term::axis))
            .toList());
  }
}
