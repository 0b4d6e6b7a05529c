package ai.opengradient.canon.engine.access;

/**
 * The points along an axis that have an element: those from {@link #from} to below {@link #to}, at
 * places {@code start + stride·point}.
 */
public final class Run {
  int from;
  int to;
  int start;
  int stride;

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  public boolean isEmpty() {
    return from >= to;
  }

  /** The place of a point's element. */
  public int place(int point) {
    return start + stride * point;
  }

  public int stride() {
    return stride;
  }

  /** Leaves only the points with factor·point ≥ least. */
  void clip(long least, long factor) {
    if (factor == 0) {
      if (least > 0) {
        to = from;
      }
    } else if (factor > 0) {
      from = (int) Math.max(from, Math.min(to, Math.ceilDiv(least, factor)));
    } else {
      to = (int) Math.min(to, Math.max(from, Math.floorDiv(least, factor) + 1));
    }
  }
}
