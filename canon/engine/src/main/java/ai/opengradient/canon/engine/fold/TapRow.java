package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.access.IndexMap;
import ai.opengradient.canon.engine.access.Run;
import ai.opengradient.canon.engine.elements.Elements;

/**
 * One term of adjacent elements, as one operand has it: binary64 numbers, and which of them are
 * present. For one thread.
 */
final class TapRow {
  private final IndexMap map;
  private final Elements source;
  private final int innermost;
  private final int length;

  /** By term: what it adds to the values of the map's forms. */
  private final long[][] offsets;

  /** Of all terms one after the other if they are always the same, else of one. */
  private final double[] values;

  private final boolean isSame;
  private final Run[] runs;
  private final boolean[] isRead;
  private final long[] position;
  private final long[] point;

  /**
   * Of an operand.
   *
   * @param offsets by term: what it adds to the values of the map's forms
   * @param innermost the axis along which elements are adjacent
   * @param length the most elements at a time
   * @param isSame whether the terms are the same wherever the elements lie
   */
  TapRow(
      IndexMap map, long[][] offsets, int innermost, int length, boolean isSame, Elements source) {
    this.map = map;
    this.offsets = offsets;
    this.innermost = innermost;
    this.length = length;
    this.isSame = isSame;
    this.source = source;
    int kept = isSame ? offsets.length : 1;
    values = new double[kept * length];
    runs = new Run[kept];
    isRead = new boolean[kept];
    for (int term = 0; term < kept; term++) {
      runs[term] = new Run();
    }
    position = map.newValues();
    point = map.newValues();
  }

  /**
   * Goes to adjacent elements.
   *
   * @param x coordinates of the first one, and zeros for the term's
   */
  void locate(int[] x) {
    map.evaluate(x, position);
  }

  /** Reads a term of so many elements. */
  void read(int term, int count) {
    int kept = isSame ? term : 0;
    if (isSame && isRead[kept]) {
      return;
    }
    for (int form = 0; form < point.length; form++) {
      point[form] = position[form] + offsets[term][form];
    }
    Run run = runs[kept];
    map.run(point, innermost, count, run);
    if (!run.isEmpty()) {
      int present = run.to() - run.from();
      int at = kept * length + run.from();
      source.read(run.place(run.from()), run.stride(), present, values, at, 1);
    }
    isRead[kept] = true;
  }

  /** The values of the terms that were read. */
  double[] values() {
    return values;
  }

  /** Where those of a term begin. */
  int at(int term) {
    return isSame ? term * length : 0;
  }

  /** Which elements have the term that was read. */
  Run run(int term) {
    return runs[isSame ? term : 0];
  }
}
