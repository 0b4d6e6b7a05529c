package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.List;

/**
 * GridSample: a tensor at points that a grid gives, in coordinates from −1 to 1 along each axis,
 * the last axis first.
 */
final class GridSample {
  /** Of the cubic weights. */
  private static final double ALPHA = -0.75;

  private final TensorBuilder tensors;
  private final Sampling sampling;
  private final List<Integer> extents;
  private final String mode;
  private final String padding;
  private final boolean alignsCorners;

  private GridSample(Call call, Value x) {
    tensors = call.tensors();
    sampling = Sampling.of(tensors, x);
    extents = x.shape().subList(2, x.rank());
    mode = call.attributes().text("mode", "linear");
    padding = call.attributes().text("padding_mode", "zeros");
    alignsCorners = call.attributes().flag("align_corners", false);
  }

  static void addTo(OperatorTable table) {
    table.add("GridSample", GridSample::lower);
  }

  private static Value lower(Call call) {
    Value x = call.input(0);
    Value grid = call.input(1);
    int axes = x.rank() - 2;
    if (axes < 1
        || grid.rank() != x.rank()
        || grid.dimension(grid.rank() - 1) != axes
        || grid.dimension(0) != x.dimension(0)
        || x.isEmpty()) {
      throw new LoweringFailure.Invalid(
          "a grid of " + grid.shape() + " does not fit a tensor of " + x.shape());
    }
    GridSample sample = new GridSample(call, x);
    List<List<Sampling.Neighbour>> neighbours = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      Value coordinate = call.tensors().place(grid, grid.rank() - 1, axes - 1 - axis);
      neighbours.add(sample.neighbours(coordinate, axis));
    }
    return sample.sampling.sampled(neighbours, Formula::plus);
  }

  private List<Sampling.Neighbour> neighbours(Value coordinate, int axis) {
    Value place = tensors.elementwise(padded(place(Formula.of(coordinate), axis), axis));
    Formula x = Formula.of(place);
    Formula below = x.floor();
    Formula part = x.minus(below);
    return switch (mode) {
      case "nearest" -> List.of(neighbour(place, x, Formula.number(1), axis));
      case "linear", "bilinear" ->
          List.of(
              neighbour(place, below, Formula.number(1).minus(part), axis),
              neighbour(place, below.plus(1), part, axis));
      case "cubic", "bicubic" ->
          List.of(
              neighbour(place, below.plus(-1), outer(part.plus(1)), axis),
              neighbour(place, below, inner(part), axis),
              neighbour(place, below.plus(1), inner(Formula.number(1).minus(part)), axis),
              neighbour(place, below.plus(2), outer(Formula.number(2).minus(part)), axis));
      default -> throw new LoweringFailure.Invalid("there is no mode '" + mode + "'");
    };
  }

  /** ((α + 2)·x − (α + 3))·x² + 1. */
  private static Formula inner(Formula x) {
    return x.times(ALPHA + 2).plus(-ALPHA - 3).times(x).times(x).plus(1);
  }

  /** ((α·x − 5α)·x + 8α)·x − 4α. */
  private static Formula outer(Formula x) {
    return x.times(ALPHA).plus(-5 * ALPHA).times(x).plus(8 * ALPHA).times(x).plus(-4 * ALPHA);
  }

  /** A coordinate as a place of the axis. */
  private Formula place(Formula coordinate, int axis) {
    int extent = extents.get(axis);
    Formula place =
        alignsCorners
            ? coordinate.plus(1).times(0.5).times(extent - 1.0)
            : coordinate.plus(1).times(extent).plus(-1).times(0.5);
    return mode.equals("nearest") ? place.rounded() : place;
  }

  private Formula padded(Formula place, int axis) {
    return switch (padding) {
      case "zeros" -> place;
      case "border" -> clamped(place, axis);
      case "reflection" -> reflected(place, axis);
      default -> throw new LoweringFailure.Invalid("there is no padding_mode '" + padding + "'");
    };
  }

  private Formula clamped(Formula place, int axis) {
    return place.within(Formula.number(0), Formula.number(extents.get(axis) - 1.0));
  }

  /** To and fro between the borders; what lies within them stays as it is. */
  private Formula reflected(Formula place, int axis) {
    double first = alignsCorners ? 0 : -0.5;
    double length = alignsCorners ? extents.get(axis) - 1 : extents.get(axis);
    if (length == 0) {
      return Formula.number(0);
    }
    Formula period = Formula.number(2 * length);
    Formula distance = place.plus(-first).absolute();
    Formula rest = distance.minus(distance.over(period).floor().times(period));
    Formula reflected = rest.min(period.minus(rest)).plus(first);
    Formula isWithin =
        Formula.number(first).isAtMost(place).and(place.isAtMost(Formula.number(first + length)));
    return isWithin.choose(place, reflected);
  }

  private Sampling.Neighbour neighbour(Value points, Formula place, Formula weight, int axis) {
    return switch (padding) {
      case "reflection" ->
          sampling.neighbour(points, clamped(reflected(place, axis), axis), weight);
      case "border" -> sampling.neighbour(points, clamped(place, axis), weight);
      default -> sampling.neighbourWithin(points, place, weight, axis);
    };
  }
}
