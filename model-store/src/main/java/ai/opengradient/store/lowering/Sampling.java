package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Elements between the places of a tensor: weighted neighbours, whose places are computed. */
final class Sampling {
  /**
   * A neighbour on one axis.
   *
   * @param place an int64 within the axis, of the shape [batch, points…]
   * @param weight zero where there is no neighbour
   */
  record Neighbour(Value place, Value weight) {}

  private final TensorBuilder tensors;
  private final Value data;
  private final List<Integer> extents;
  private final Optional<Value> start;

  /**
   * @param data of the shape [batch or 1, channels, places]
   * @param extents of the axes that its places are those of
   * @param start of each batch, an int64 of the shape [batch]: where its places begin
   */
  Sampling(TensorBuilder tensors, Value data, List<Integer> extents, Optional<Value> start) {
    this.tensors = tensors;
    this.data = data;
    this.extents = extents;
    this.start = start;
  }

  /** Of a tensor [batch, channels, …], each of the batch with its own points. */
  static Sampling of(TensorBuilder tensors, Value x) {
    List<Integer> extents = x.shape().subList(2, x.rank());
    List<Integer> flat = Shapes.join(x.shape().subList(0, 2), List.of(Shapes.product(extents)));
    return new Sampling(tensors, tensors.reshaped(x, flat), extents, Optional.empty());
  }

  /**
   * The neighbours' elements times their weights, put together.
   *
   * @param neighbours for each axis
   * @return of the shape [batch, channels, points…]
   */
  Value sampled(List<List<Neighbour>> neighbours, BinaryOperator<Formula> combination) {
    List<Integer> points = neighbours.getFirst().getFirst().place().shape();
    List<Integer> shape =
        Shapes.join(
            List.of(points.getFirst(), data.dimension(1)), points.subList(1, points.size()));
    Optional<Formula> result = Optional.empty();
    for (List<Neighbour> corner : corners(neighbours)) {
      Formula weight = weight(corner, shape.size());
      Formula term = weight.times(Formula.of(elements(corner, shape)));
      result = Optional.of(result.map(before -> combination.apply(before, term)).orElse(term));
    }
    return tensors.map(shape, result.orElseThrow());
  }

  /** One neighbour of each axis, in every combination. */
  private static List<List<Neighbour>> corners(List<List<Neighbour>> neighbours) {
    List<List<Neighbour>> corners = List.of(List.of());
    for (List<Neighbour> ofAxis : neighbours) {
      List<List<Neighbour>> longer = new ArrayList<>();
      for (List<Neighbour> corner : corners) {
        for (Neighbour neighbour : ofAxis) {
          longer.add(Shapes.join(corner, List.of(neighbour)));
        }
      }
      corners = longer;
    }
    return corners;
  }

  private static Formula weight(List<Neighbour> corner, int rank) {
    return corner.stream()
        .map(neighbour -> Formula.of(neighbour.weight(), perPoint(rank)))
        .reduce(Formula::times)
        .orElseThrow();
  }

  /** Of values without the axis of the channels. */
  static List<Access> perPoint(int rank) {
    return Access.identity(rank, 1, Access.along(0)).subList(1, rank);
  }

  private Value elements(List<Neighbour> corner, List<Integer> shape) {
    Formula place = Formula.integer(0);
    for (int axis = 0; axis < extents.size(); axis++) {
      Formula extent = Formula.integer(extents.get(axis));
      Formula ofAxis = Formula.of(corner.get(axis).place());
      place = axis == 0 ? ofAxis : place.times(extent).plus(ofAxis);
    }
    if (start.isPresent()) {
      place = place.plus(Formula.of(start.get(), List.of(Access.along(0))));
    }
    Value places = tensors.map(corner.getFirst().place().shape(), place);
    Access batch = data.dimension(0) == 1 ? Access.at(0) : Access.along(0);
    return tensors.gathered(
        shape,
        new Reading(places, perPoint(shape.size())),
        new Reading(data, List.of(batch, Access.along(1), Access.at(0))),
        2);
  }

  /** The two neighbours of a place that lies within its axis. */
  List<Neighbour> linearWithin(Value place, Formula isInside, int axis) {
    Formula x = Formula.of(place);
    Formula below = x.floor();
    Formula last = Formula.number(extents.get(axis) - 1.0);
    Formula part = x.minus(below);
    Formula zero = Formula.number(0);
    return List.of(
        neighbour(place, below, isInside.choose(Formula.number(1).minus(part), zero)),
        neighbour(place, below.plus(1).min(last), isInside.choose(part, zero)));
  }

  /** A neighbour of which place and weight are formulas of points of a shape. */
  Neighbour neighbour(Value points, Formula place, Formula weight) {
    return new Neighbour(
        tensors.map(points.shape(), place.to(DataType.INT64)), tensors.map(points.shape(), weight));
  }

  /** The same, but without weight where it does not lie within its axis. */
  Neighbour neighbourWithin(Value points, Formula place, Formula weight, int axis) {
    Formula zero = Formula.number(0);
    Formula last = Formula.number(extents.get(axis) - 1.0);
    Formula isThere = zero.isAtMost(place).and(place.isAtMost(last));
    return neighbour(points, place.within(zero, last), isThere.choose(weight, zero));
  }
}
