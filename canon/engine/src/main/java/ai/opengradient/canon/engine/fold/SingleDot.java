package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.arithmetic.ExactSum;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.elements.FloatElements;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.parallel.Workspace.Use;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.engine.step.Tier;
import java.util.List;

/**
 * A DOT to float32 one element at a time: the terms of its two rows are read, and summed up as
 * exactly as it takes. For one thread.
 */
final class SingleDot {
  private final Side a;
  private final Side b;
  private final int terms;

  /**
   * Of a DOT.
   *
   * @param factors the terms of its factors
   * @param operands its operands
   */
  SingleDot(List<Terms> factors, List<Elements> operands, Workspace workspace) {
    terms = factors.getFirst().count();
    a = new Side(factors.get(0), operands.get(0), workspace.array(Use.FIRST_TERMS, terms));
    b = new Side(factors.get(1), operands.get(1), workspace.array(Use.SECOND_TERMS, terms));
  }

  /** Goes to the element with these coordinates. */
  void locate(int[] x) {
    a.locate(x);
    b.locate(x);
  }

  /** RN of the sum of all products and the addend; counts what decided it. */
  float rounded(float addend, Tally tally) {
    a.read(0);
    b.read(0);
    PlainSum sum = PlainSum.ofProducts(a.values, b.values, terms);
    double value = sum.value() + addend;
    double magnitude = sum.magnitude() + Math.abs(addend);
    double error = magnitude * Bounds.errorOfSum(PlainSum.additions(terms) + 1);
    if (Bounds.decide(value, error)) {
      tally.add(Tier.BOUND, 1);
      return (float) value + 0f;
    }
    return roundedClosely(addend, tally);
  }

  /** The same without trying the way that errs most. */
  float roundedClosely(float addend, Tally tally) {
    a.read(0);
    b.read(0);
    float rounded = new CompensatedSum(a.values, b.values, terms, addend).rounded();
    if (!Float.isNaN(rounded)) {
      tally.add(Tier.COMPENSATED, 1);
      return rounded + 0f;
    }
    tally.add(Tier.EXACT, 1);
    return exact(addend);
  }

  private float exact(float addend) {
    a.read(Row.ABSENT);
    b.read(Row.ABSENT);
    ExactSum sum = new ExactSum();
    sum.add(FloatElements.bits(addend));
    for (int term = 0; term < terms; term++) {
      if (!Row.isAbsent(a.values[term]) && !Row.isAbsent(b.values[term])) {
        sum.addProduct(
            FloatElements.bits((float) a.values[term]), FloatElements.bits((float) b.values[term]));
      }
    }
    return Float.intBitsToFloat(sum.rounded());
  }

  /** The row of one operand, read only when it is another one than before. */
  private static final class Side {
    private final Row row;
    private final Elements source;
    private final double[] values;
    private final int terms;
    private boolean isRead;
    private double absent;

    Side(Terms terms, Elements source, double[] values) {
      row = new Row(terms);
      this.source = source;
      this.values = values;
      this.terms = terms.count();
    }

    void locate(int[] x) {
      if (row.locate(x)) {
        isRead = false;
      }
    }

    void read(double instead) {
      if (!isRead || Row.isAbsent(absent) != Row.isAbsent(instead)) {
        row.read(source, 0, terms, instead, values, 0, 1);
        isRead = true;
        absent = instead;
      }
    }
  }
}
