package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.tensor.DataType;

/** SUM of integers: modulo 2^64 all the way, which is right modulo 2^width in the end. */
final class IntegerSum implements ElementFold {
  private final DataType dataType;
  private final Elements source;
  private final Row row;
  private final long[] values;

  IntegerSum(DataType dataType, Terms terms, Elements source) {
    this.dataType = dataType;
    this.source = source;
    row = new Row(terms);
    values = new long[terms.count()];
  }

  @Override
  public long element(int[] x, Tally tally) {
    row.locate(x);
    row.read(source, 0, values);
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return IntegerOperations.wrap(dataType, sum);
  }
}
