package ai.opengradient.canon.engine.access;

import ai.opengradient.canon.program.View;
import java.util.Arrays;

/** A number that depends on a point's coordinates: constant + Σ factor·x. */
public final class Affine {
  private final long constant;
  private final long[] factors;

  /**
   * The form with these factors, by axis.
   *
   * @param factors not copied
   */
  Affine(long constant, long[] factors) {
    this.constant = constant;
    this.factors = factors;
  }

  /** The dividend of a view's axis. */
  static Affine of(View.Axis axis, int axes) {
    long[] factors = new long[axes];
    for (View.Term term : axis.terms()) {
      factors[term.axis()] = term.coefficient();
    }
    return new Affine(axis.offset(), factors);
  }

  /**
   * The row-major number of a point in a box.
   *
   * @param extents of the box, whose axes are the first ones
   * @param axes of all points
   */
  public static Affine rowMajor(int[] extents, int axes) {
    long[] factors = new long[axes];
    long factor = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      factors[axis] = factor;
      factor *= extents[axis];
    }
    return new Affine(0, factors);
  }

  public long constant() {
    return constant;
  }

  public long factor(int axis) {
    return factors[axis];
  }

  /** This and a multiple of another form. */
  Affine plus(long factor, Affine other) {
    long[] sum = new long[factors.length];
    for (int axis = 0; axis < sum.length; axis++) {
      sum[axis] = factors[axis] + factor * other.factors[axis];
    }
    return new Affine(constant + factor * other.constant, sum);
  }

  /** The part that depends on these axes, as a form in them; without the constant. */
  Affine part(int firstAxis, int limit) {
    return new Affine(0, Arrays.copyOfRange(factors, firstAxis, limit));
  }

  /** With the axes of a nest, which merges this one's. */
  Affine over(Nest nest) {
    long[] merged = new long[nest.axes()];
    for (int axis = 0; axis < merged.length; axis++) {
      merged[axis] = factors[nest.innermostOf(axis)];
    }
    return new Affine(constant, merged);
  }

  /** The value at a point. */
  public long at(int[] x) {
    long value = constant;
    for (int axis = 0; axis < factors.length; axis++) {
      value += factors[axis] * x[axis];
    }
    return value;
  }

  long least(int[] extents) {
    return extreme(extents, -1);
  }

  long greatest(int[] extents) {
    return extreme(extents, 1);
  }

  private long extreme(int[] extents, int sign) {
    long value = constant;
    for (int axis = 0; axis < factors.length; axis++) {
      if (factors[axis] * sign > 0) {
        value += factors[axis] * (extents[axis] - 1);
      }
    }
    return value;
  }
}
