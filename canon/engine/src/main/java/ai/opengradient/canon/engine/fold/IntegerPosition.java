package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.program.Reduction;

/** ARGMAX and ARGMIN of integers. */
final class IntegerPosition implements ElementFold {
  private final boolean isGreatest;
  private final Elements source;
  private final Row row;
  private final long[] values;

  IntegerPosition(Reduction reduction, Terms terms, Elements source) {
    isGreatest = reduction == Reduction.ARGMAX;
    this.source = source;
    row = new Row(terms);
    values = new long[terms.count()];
  }

  @Override
  public long element(int[] x, Tally tally) {
    row.locate(x);
    row.read(source, 0, values);
    int position = -1;
    for (int term = 0; term < values.length; term++) {
      boolean beats =
          position < 0
              || (isGreatest ? values[term] > values[position] : values[term] < values[position]);
      if (beats && row.isPresent(term)) {
        position = term;
      }
    }
    return Math.max(position, 0);
  }
}
