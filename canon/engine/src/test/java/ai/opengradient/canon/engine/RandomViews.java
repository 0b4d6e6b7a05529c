package ai.opengradient.canon.engine;

import ai.opengradient.canon.program.View;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Views of all shapes: permuted, strided, reversed, divided, shifted out of bounds. */
final class RandomViews {
  private static final int MOST_EXTENT = 5_000;
  private static final int MOST_SIZE = 200_000;

  private final RandomGenerator random;

  RandomViews(RandomGenerator random) {
    this.random = random;
  }

  /** A view from points of a box. */
  View view(List<Integer> extents) {
    List<View.Axis> axes = new ArrayList<>();
    if (random.nextInt(12) > 0) {
      switch (random.nextInt(3)) {
        case 0 -> addPermuted(axes, extents);
        case 1 -> addBroadcast(axes, extents);
        default -> addAnything(axes, extents);
      }
    }
    return fitting(axes);
  }

  /** A view along whose last axis the innermost axis of the box is contiguous. */
  View contiguous(List<Integer> extents) {
    int innermost = extents.size() - 1;
    List<View.Axis> axes = new ArrayList<>();
    List<Integer> outer = extents.subList(0, innermost);
    switch (random.nextInt(3)) {
      case 0 -> addPermuted(axes, outer);
      case 1 -> addBroadcast(axes, outer);
      default -> addAnything(axes, outer);
    }
    List<View.Term> terms = new ArrayList<>();
    if (innermost > 0 && random.nextInt(3) == 0) {
      terms.add(new View.Term(random.nextInt(innermost), random.nextInt(1, 3)));
    }
    terms.add(new View.Term(innermost, 1));
    int offset = random.nextInt(3) > 0 ? 0 : random.nextInt(-2, 3);
    View.Axis last = new View.Axis(1, offset, 1, terms);
    axes.add(withExtent(last, extents));
    return fitting(axes);
  }

  /** Every axis once, in any order. */
  private void addPermuted(List<View.Axis> axes, List<Integer> extents) {
    for (int axis = 0; axis < extents.size(); axis++) {
      axes.add(random.nextInt(axes.size() + 1), View.Axis.along(extents.get(axis), axis));
    }
  }

  /** Some of the axes. */
  private void addBroadcast(List<View.Axis> axes, List<Integer> extents) {
    for (int axis = 0; axis < extents.size(); axis++) {
      if (random.nextBoolean()) {
        axes.add(View.Axis.along(extents.get(axis), axis));
      }
    }
  }

  private void addAnything(List<View.Axis> axes, List<Integer> extents) {
    for (int left = random.nextInt(4); left > 0; left--) {
      List<View.Term> terms = new ArrayList<>();
      for (int axis = 0; axis < extents.size(); axis++) {
        if (random.nextInt(extents.size() + 1) < 2) {
          int coefficient = random.nextInt(3) > 0 ? 1 : random.nextInt(-3, 4);
          if (coefficient != 0) {
            terms.add(new View.Term(axis, coefficient));
          }
        }
      }
      int divisor = random.nextInt(4) > 0 ? 1 : random.nextInt(1, 5);
      int offset = random.nextInt(2) > 0 ? 0 : random.nextInt(-4, 5);
      axes.add(withExtent(new View.Axis(1, offset, divisor, terms), extents));
    }
  }

  /** The axis with an extent that most or all of its coordinates are within. */
  private View.Axis withExtent(View.Axis axis, List<Integer> extents) {
    long least = axis.offset();
    long greatest = axis.offset();
    for (View.Term term : axis.terms()) {
      long change = (long) term.coefficient() * (extents.get(term.axis()) - 1);
      least += Math.min(change, 0);
      greatest += Math.max(change, 0);
    }
    int offset = axis.offset();
    if (least < 0 && random.nextInt(3) > 0) {
      offset -= (int) least;
      greatest -= least;
    }
    int surplus = random.nextBoolean() ? random.nextInt(-1, 2) : 0;
    long extent = Math.floorDiv(greatest, axis.divisor()) + 1 + surplus;
    return new View.Axis(Math.clamp(extent, 1, MOST_EXTENT), offset, axis.divisor(), axis.terms());
  }

  /** The view of these axes, without the first ones if it would be too large otherwise. */
  private static View fitting(List<View.Axis> axes) {
    long size = 1;
    int first = axes.size();
    while (first > 0 && size * axes.get(first - 1).extent() <= MOST_SIZE) {
      first--;
      size *= axes.get(first).extent();
    }
    return new View(axes.subList(first, axes.size()));
  }
}
