package ai.opengradient.canon.program;

import ai.opengradient.canon.program.ProgramException.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in a tensor an element or a term finds its operand: the tensor is looked at as a box, and
 * each of its coordinates is ⌊(offset + Σ coefficient·x) / divisor⌋ with the coordinates x of the
 * element and, in a fold, of the term.
 *
 * @param axes of the box, outermost first
 */
public record View(List<Axis> axes) {
  /** What {@link #index} gives where the operand is out of bounds. */
  public static final int OUT_OF_BOUNDS = -1;

  /**
   * One coordinate of the box.
   *
   * @param extent of the box on this axis, at least 1
   * @param divisor at least 1
   * @param terms by strictly ascending axes of the element and term
   */
  public record Axis(int extent, int offset, int divisor, List<Term> terms) {
    /**
     * @throws ProgramException if the divisor is out of range or the terms don't ascend
     */
    public Axis {
      terms = List.copyOf(terms);
      ProgramException.requireCount("divisor", divisor, 1, Integer.MAX_VALUE);
      for (int at = 1; at < terms.size(); at++) {
        if (terms.get(at - 1).axis() >= terms.get(at).axis()) {
          throw new ProgramException(
              Fault.NOT_CANONICAL, "the axes of an index map's terms must ascend: " + terms);
        }
      }
    }

    /** The coordinate that is {@code x[axis]}. */
    public static Axis along(int extent, int axis) {
      return new Axis(extent, 0, 1, List.of(new Term(axis, 1)));
    }

    /** The coordinate {@code offset + Σ terms}. */
    public static Axis affine(int extent, int offset, Term... terms) {
      return new Axis(extent, offset, 1, List.of(terms));
    }

    /** The coordinate at x, which may be out of the box. No sum of a valid node's map overflows. */
    long at(int[] x) {
      long sum = offset;
      for (Term term : terms) {
        sum += (long) term.coefficient() * x[term.axis()];
      }
      return Math.floorDiv(sum, divisor);
    }

    boolean dependsOn(int axis) {
      return terms.stream().anyMatch(term -> term.axis() == axis);
    }
  }

  /**
   * A coordinate of the element or term, times a coefficient.
   *
   * @param axis the space's axes come first, then the fold space's
   * @param coefficient not zero
   */
  public record Term(int axis, int coefficient) {
    /**
     * @throws ProgramException if the coefficient is zero or the axis below it
     */
    public Term {
      ProgramException.requireCount("axis", axis, 0, 2 * Caps.RANK - 1);
      if (coefficient == 0) {
        throw new ProgramException(
            Fault.NOT_CANONICAL, "a term of an index map is zero; leave it out");
      }
    }
  }

  /** The one element of a tensor, wherever one looks from. */
  public static final View SCALAR = new View(List.of());

  /**
   * @throws ProgramException if the box is none
   */
  public View {
    axes = List.copyOf(axes);
    new Space(axes.stream().map(Axis::extent).toList());
  }

  public static View of(Axis... axes) {
    return new View(List.of(axes));
  }

  /** A tensor of as many elements as the space, element by element. */
  public static View identity(Space space) {
    List<Axis> axes = new ArrayList<>();
    for (int axis = 0; axis < space.rank(); axis++) {
      axes.add(Axis.along(space.extents().get(axis), axis));
    }
    return new View(axes);
  }

  /** The number of points in the box. */
  public int size() {
    int size = 1;
    for (Axis axis : axes) {
      size *= axis.extent();
    }
    return size;
  }

  /**
   * The number of the element at x in a tensor of so many elements, or {@link #OUT_OF_BOUNDS}.
   *
   * @param x coordinates of the element and the term
   */
  public int index(int[] x, int count) {
    return index(x, count, -1, 0);
  }

  /** The same, with the coordinate on one axis given. */
  public int index(int[] x, int count, int givenAxis, long given) {
    int index = 0;
    for (int at = 0; at < axes.size(); at++) {
      Axis axis = axes.get(at);
      long coordinate = at == givenAxis ? given : axis.at(x);
      if (coordinate < 0 || coordinate >= axis.extent()) {
        return OUT_OF_BOUNDS;
      }
      index = index * axis.extent() + (int) coordinate;
    }
    return index < count ? index : OUT_OF_BOUNDS;
  }

  /** Throws unless all terms' axes are below so many. */
  void requireAxes(int limit) {
    for (Axis axis : axes) {
      for (Term term : axis.terms()) {
        ProgramException.requireCount("axis of an index map", term.axis(), 0, limit - 1);
      }
    }
  }

  /** Throws unless a step on an axis is a step to the next element. */
  void requireContiguous(int innermost) {
    boolean steps =
        !axes.isEmpty()
            && axes.getLast().divisor() == 1
            && axes.getLast().terms().contains(new Term(innermost, 1))
            && axes.stream().limit(axes.size() - 1L).noneMatch(axis -> axis.dependsOn(innermost));
    if (!steps) {
      throw new ProgramException(
          Fault.NOT_CONTIGUOUS,
          "the innermost fold axis must move the last coordinate of a view, and no other, by 1; re-lay"
              + " the operand by a MAP first");
    }
  }
}
