package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.program.Reduction;

/** MAX and MIN of integers, and AND, which is the least of bools. */
final class IntegerExtreme implements ElementFold {
  private final boolean isGreatest;
  private final long ofNothing;
  private final Elements source;
  private final Row row;
  private final long[] values;

  IntegerExtreme(Reduction reduction, Terms terms, Elements source) {
    isGreatest = reduction == Reduction.MAX;
    ofNothing =
        switch (reduction) {
          case AND -> 1;
          case MAX -> IntegerOperations.least(source.dataType());
          default -> IntegerOperations.greatest(source.dataType());
        };
    this.source = source;
    row = new Row(terms);
    values = new long[terms.count()];
  }

  @Override
  public long element(int[] x, Tally tally) {
    row.locate(x);
    row.read(source, ofNothing, values);
    long extreme = ofNothing;
    for (long value : values) {
      extreme = isGreatest ? Math.max(extreme, value) : Math.min(extreme, value);
    }
    return extreme;
  }
}
