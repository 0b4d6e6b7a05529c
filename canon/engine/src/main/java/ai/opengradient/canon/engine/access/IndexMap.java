package ai.opengradient.canon.engine.access;

import ai.opengradient.canon.program.View;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an operand has its element for a point: a {@link View} and a tensor's count, compiled.
 *
 * <p>The view's coordinates go into one form, the index, but for those with a divisor, which are
 * <i>quotients</i> added to it. A coordinate that can leave its extent at some point of the box is
 * also a <i>bound</i>: 0 ≤ form < limit, where the form is the dividend and the limit the extent
 * times the divisor. The values of all forms at a point stand in one array: the index, the bounds,
 * the quotients' dividends.
 */
public final class IndexMap {
  /** What {@link #index} gives where the operand is out of bounds. */
  public static final int OUT_OF_BOUNDS = View.OUT_OF_BOUNDS;

  private final List<Affine> forms;
  private final long[] limits;
  private final long[] divisors;
  private final long[] strides;

  /** The tensor's count, or more where no index reaches it. */
  private final long count;

  private IndexMap(List<Affine> forms, long[] limits, long[] divisors, long[] strides, long count) {
    this.forms = forms;
    this.limits = limits;
    this.divisors = divisors;
    this.strides = strides;
    this.count = count;
  }

  /**
   * Compiles a view.
   *
   * @param count of the operand's tensor
   * @param extents of the box of all points
   */
  public static IndexMap of(View view, int count, int[] extents) {
    Affine index = new Affine(0, new long[extents.length]);
    List<Affine> bounds = new ArrayList<>();
    List<Affine> quotients = new ArrayList<>();
    List<Long> limits = new ArrayList<>();
    List<Long> divisors = new ArrayList<>();
    List<Long> strides = new ArrayList<>();
    long stride = view.size();
    for (View.Axis axis : view.axes()) {
      stride /= axis.extent();
      Affine form = Affine.of(axis, extents.length);
      long limit = (long) axis.extent() * axis.divisor();
      if (form.least(extents) < 0 || form.greatest(extents) >= limit) {
        bounds.add(form);
        limits.add(limit);
      }
      if (axis.divisor() == 1) {
        index = index.plus(stride, form);
      } else {
        quotients.add(form);
        divisors.add((long) axis.divisor());
        strides.add(stride);
      }
    }
    List<Affine> forms = new ArrayList<>();
    forms.add(index);
    forms.addAll(bounds);
    forms.addAll(quotients);
    return new IndexMap(
        forms,
        array(limits),
        array(divisors),
        array(strides),
        view.size() > count ? count : Long.MAX_VALUE);
  }

  private static long[] array(List<Long> list) {
    return list.stream().mapToLong(Long::longValue).toArray();
  }

  /** All forms: the index, the bounds, the dividends. */
  public List<Affine> forms() {
    return forms;
  }

  /** The same with the axes of a nest, which merges this one's. */
  public IndexMap over(Nest nest) {
    return with(forms.stream().map(form -> form.over(nest)).toList());
  }

  /** What the axes from one to below another add to the values at a point where they are zero. */
  public IndexMap part(int firstAxis, int limit) {
    return with(forms.stream().map(form -> form.part(firstAxis, limit)).toList());
  }

  private IndexMap with(List<Affine> otherForms) {
    return new IndexMap(otherForms, limits, divisors, strides, count);
  }

  /** Whether an axis makes a difference. */
  public boolean dependsOn(int axis) {
    return forms.stream().anyMatch(form -> form.factor(axis) != 0);
  }

  /** Whether the place of an element is one form at every point that is within the bounds. */
  public boolean isOneForm() {
    return divisors.length == 0 && count == Long.MAX_VALUE;
  }

  /** Whether the operand has an element for every point, at a place that is one form. */
  public boolean isAffine() {
    return limits.length == 0 && isOneForm();
  }

  /** An array for the values of all forms. */
  public long[] newValues() {
    return new long[forms.size()];
  }

  /** Sets the values of all forms to those at a point. */
  public void evaluate(int[] x, long[] values) {
    for (int form = 0; form < values.length; form++) {
      values[form] = forms.get(form).at(x);
    }
  }

  /** Adds to the values what steps along an axis change. */
  public void step(int axis, int steps, long[] values) {
    for (int form = 0; form < values.length; form++) {
      values[form] += forms.get(form).factor(axis) * steps;
    }
  }

  /** The element for the point at which the forms have these values, or {@link #OUT_OF_BOUNDS}. */
  public int index(long[] values) {
    for (int bound = 0; bound < limits.length; bound++) {
      long value = values[1 + bound];
      if (value < 0 || value >= limits[bound]) {
        return OUT_OF_BOUNDS;
      }
    }
    long index = start(values);
    return index < count ? (int) index : OUT_OF_BOUNDS;
  }

  /**
   * How far the points of a nest reach from its first one: by bound, the least that its form
   * changes, and the greatest.
   */
  public long[] reach(Nest nest) {
    long[] reach = new long[2 * limits.length];
    for (int bound = 0; bound < limits.length; bound++) {
      Affine form = forms.get(1 + bound);
      reach[2 * bound] = nest.least(form);
      reach[2 * bound + 1] = nest.greatest(form);
    }
    return reach;
  }

  /**
   * Whether all points of a nest are within the bounds.
   *
   * @param values of the forms at the nest's first point
   * @param reach of the nest
   */
  public boolean staysWithin(long[] values, long[] reach) {
    for (int bound = 0; bound < limits.length; bound++) {
      long value = values[1 + bound];
      if (value + reach[2 * bound] < 0 || value + reach[2 * bound + 1] >= limits[bound]) {
        return false;
      }
    }
    return true;
  }

  /** Index and quotients. */
  private long start(long[] values) {
    long index = values[0];
    for (int quotient = 0; quotient < divisors.length; quotient++) {
      long dividend = values[1 + limits.length + quotient];
      index += Math.floorDiv(dividend, divisors[quotient]) * strides[quotient];
    }
    return index;
  }

  /** Whether each step along an axis within bounds is one of as many elements. */
  public boolean isStrided(int axis) {
    for (int form = 1 + limits.length; form < forms.size(); form++) {
      if (forms.get(form).factor(axis) != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Finds the points along an axis that have an element.
   *
   * @param values of the forms at the axis's first point
   * @param axis along which the map is strided
   * @param extent the number of points
   */
  public void run(long[] values, int axis, int extent, Run run) {
    bounded(values, axis, extent, run);
    long stride = forms.getFirst().factor(axis);
    long start = start(values);
    if (run.to - run.from == 1 && start + stride * run.from >= count) {
      run.to = run.from;
    } else if (count != Long.MAX_VALUE && run.to - run.from > 1) {
      // Two indices within the view are near, so nothing overflows here.
      run.clip(start - count + 1, -stride);
    }
    // Modulo 2^32 both are right: at every point of the run the index fits.
    run.start = (int) start;
    run.stride = (int) stride;
  }

  /** Finds the points along an axis that are within the bounds, whatever the count. */
  private void bounded(long[] values, int axis, int extent, Run run) {
    run.from = 0;
    run.to = extent;
    for (int bound = 0; bound < limits.length; bound++) {
      long value = values[1 + bound];
      long factor = forms.get(1 + bound).factor(axis);
      if (factor == 0) {
        if (value < 0 || value >= limits[bound]) {
          run.to = 0;
        }
      } else {
        run.clip(-value, factor);
        run.clip(value - limits[bound] + 1, -factor);
      }
    }
  }
}
