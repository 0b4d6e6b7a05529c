package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/** DOT of integers: modulo 2^64 all the way, which is right modulo 2^width in the end. */
final class IntegerDot implements ElementFold {
  private final DataType dataType;
  private final Addends addends;
  private final List<Elements> operands;
  private final Row a;
  private final Row b;
  private final long[] aValues;
  private final long[] bValues;
  private final long[] addendValues;

  IntegerDot(DataType dataType, List<Terms> terms, Addends addends, List<Elements> operands) {
    this.dataType = dataType;
    this.addends = addends;
    this.operands = operands;
    a = new Row(terms.get(0));
    b = new Row(terms.get(1));
    aValues = new long[terms.get(0).count()];
    bValues = new long[aValues.length];
    addendValues = addends.newValues();
  }

  @Override
  public long element(int[] x, Tally tally) {
    if (a.locate(x)) {
      a.read(operands.get(0), 0, aValues);
    }
    if (b.locate(x)) {
      b.read(operands.get(1), 0, bValues);
    }
    long sum = addends.at(operands, x, addendValues);
    for (int term = 0; term < aValues.length; term++) {
      sum += aValues[term] * bValues[term];
    }
    return IntegerOperations.wrap(dataType, sum);
  }
}
