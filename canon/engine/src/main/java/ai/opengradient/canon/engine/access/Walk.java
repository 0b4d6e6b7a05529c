package ai.opengradient.canon.engine.access;

/**
 * Goes through the runs of a nest in order and says where an operand has its elements in each. For
 * one thread.
 */
public final class Walk {
  private final Nest nest;
  private final IndexMap map;
  private final int innermost;
  private final int[] x;
  private final long[] values;
  private final Run run = new Run();
  private boolean isFound;

  /**
   * Stands at the first run.
   *
   * @param map with the nest's axes
   */
  public Walk(Nest nest, IndexMap map) {
    this.nest = nest;
    this.map = map;
    innermost = nest.axes() - 1;
    x = new int[nest.axes()];
    values = map.newValues();
    seek(0);
  }

  /** Goes to a run. */
  public void seek(int number) {
    nest.locate(number, x);
    map.evaluate(x, values);
    isFound = false;
  }

  /** Goes to the run behind, or from the last to the first. */
  public void advance() {
    isFound = false;
    for (int axis = innermost - 1; axis >= 0; axis--) {
      if (++x[axis] < nest.extent(axis)) {
        map.step(axis, 1, values);
        return;
      }
      x[axis] = 0;
      map.step(axis, 1 - nest.extent(axis), values);
    }
  }

  /** Whether {@link #run} tells where the elements are, else {@link #index} does. */
  public boolean isStrided() {
    return map.isStrided(innermost);
  }

  /** The present run, found when it is first asked for; valid until the walk goes on. */
  public Run run() {
    if (!isFound) {
      map.run(values, innermost, nest.length(), run);
      isFound = true;
    }
    return run;
  }

  /** The element for a point of the present run, or {@link IndexMap#OUT_OF_BOUNDS}. */
  public int index(int point) {
    map.step(innermost, point, values);
    int index = map.index(values);
    map.step(innermost, -point, values);
    return index;
  }
}
