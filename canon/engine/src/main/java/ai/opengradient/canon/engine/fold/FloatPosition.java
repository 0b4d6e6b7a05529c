package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.parallel.Workspace.Use;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.program.Reduction;

/** ARGMAX and ARGMIN of float32. */
final class FloatPosition implements ElementFold {
  private final boolean isGreatest;
  private final Elements source;
  private final Row row;
  private final int terms;
  private final double[] values;

  FloatPosition(Reduction reduction, Terms terms, Elements source, Workspace workspace) {
    isGreatest = reduction == Reduction.ARGMAX;
    this.source = source;
    row = new Row(terms);
    this.terms = terms.count();
    values = workspace.array(Use.FIRST_TERMS, this.terms);
  }

  @Override
  public long element(int[] x, Tally tally) {
    row.locate(x);
    row.read(source, 0, terms, Row.ABSENT, values, 0, 1);
    int position = 0;
    while (position < terms && Row.isAbsent(values[position])) {
      position++;
    }
    if (position == terms) {
      return 0;
    }
    for (int term = position + 1; term < terms; term++) {
      if (beats(values[term], values[position])) {
        position = term;
      }
    }
    return position;
  }

  /** A NaN beats every number; an absent term beats nothing. */
  private boolean beats(double value, double best) {
    if (Double.isNaN(value)) {
      return !Double.isNaN(best) && !Row.isAbsent(value);
    }
    return isGreatest ? value > best : value < best;
  }
}
