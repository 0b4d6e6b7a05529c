package ai.opengradient.canon.engine.parallel;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arrays that one thread of a crew uses again and again, and how it learns of an interruption. */
public final class Workspace {
  /** What an array is for: each use has one of its own. */
  public enum Use {
    ROWS,
    COLUMNS,
    ROW_NORMS,
    COLUMN_NORMS,
    SUMS,
    ADDENDS,
    FIRST_TERMS,
    SECOND_TERMS
  }

  private static final double[] NONE = {};

  private final Map<Use, double[]> arrays = new EnumMap<>(Use.class);
  private @Nullable Loop loop;

  Workspace() {}

  void enter(Loop entered) {
    loop = entered;
  }

  /** An array of at least this length, with whatever it was left with. */
  public double[] array(Use use, int length) {
    double[] array = arrays.getOrDefault(use, NONE);
    if (array.length < length) {
      array = new double[length];
      arrays.put(use, array);
    }
    return array;
  }

  /**
   * Called within tasks that take long.
   *
   * @throws InterruptedException if the thread that runs the loop was interrupted
   */
  public void requireUninterrupted() throws InterruptedException {
    if (loop != null) {
      loop.requireUninterrupted();
    }
  }
}
