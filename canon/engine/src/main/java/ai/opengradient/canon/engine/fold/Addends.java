package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.access.IndexMap;
import ai.opengradient.canon.engine.access.Run;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DOT's c, which may be absent everywhere or out of bounds somewhere: zero, then. */
final class Addends {
  private final @Nullable IndexMap map;

  /**
   * A DOT's.
   *
   * @param counts of the operands' tensors
   */
  Addends(Node.Fold dot, List<Integer> counts) {
    int[] extents = dot.space().toArray();
    map =
        dot.addend()
            .map(Operand::view)
            .map(view -> IndexMap.of(view, counts.getLast(), extents))
            .orElse(null);
  }

  /** Whether any of these axes makes a difference. */
  boolean dependOn(Axes axes) {
    return map != null && axes.anyMatch(map::dependsOn);
  }

  /**
   * The addend of the element at x.
   *
   * @param operands the DOT's
   * @param values scratch, from {@link #newValues}
   */
  long at(List<Elements> operands, int[] x, long[] values) {
    if (map == null) {
      return 0;
    }
    map.evaluate(x, values);
    int index = map.index(values);
    return index == IndexMap.OUT_OF_BOUNDS ? 0 : operands.getLast().element(index);
  }

  /**
   * Reads the addends of adjacent elements along an axis.
   *
   * @param x coordinates of the first one; that on the axis is changed, and then what it was
   * @param target takes the canon's longs, from its start
   */
  void read(List<Elements> operands, int[] x, int axis, int count, long[] values, long[] target) {
    if (map == null) {
      Arrays.fill(target, 0, count, 0);
    } else if (map.isStrided(axis)) {
      Run run = new Run();
      map.evaluate(x, values);
      map.run(values, axis, count, run);
      Arrays.fill(target, 0, count, 0);
      if (!run.isEmpty()) {
        int present = run.to() - run.from();
        operands.getLast().read(run.place(run.from()), run.stride(), present, target, run.from());
      }
    } else {
      int first = x[axis];
      for (int at = 0; at < count; at++) {
        x[axis] = first + at;
        target[at] = at(operands, x, values);
      }
      x[axis] = first;
    }
  }

  long[] newValues() {
    return map == null ? new long[0] : map.newValues();
  }
}
