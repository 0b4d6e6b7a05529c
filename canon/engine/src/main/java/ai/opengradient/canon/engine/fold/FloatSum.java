package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.arithmetic.ExactSum;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.elements.FloatElements;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.parallel.Workspace.Use;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.engine.step.Tier;
import ai.opengradient.canon.program.Reduction;

/** SUM, MEAN and MEANSQ of float32. */
final class FloatSum implements ElementFold {
  private final Reduction reduction;
  private final Elements source;
  private final Row row;
  private final int terms;
  private final double[] values;
  private final double bound;

  FloatSum(Reduction reduction, Terms terms, Elements source, Workspace workspace) {
    this.reduction = reduction;
    this.source = source;
    row = new Row(terms);
    this.terms = terms.count();
    values = workspace.array(Use.FIRST_TERMS, this.terms);
    bound = Bounds.errorOfSum(PlainSum.additions(this.terms));
  }

  @Override
  public long element(int[] x, Tally tally) {
    row.locate(x);
    row.read(source, 0, terms, 0, values, 0, 1);
    PlainSum sum =
        reduction == Reduction.MEANSQ
            ? PlainSum.ofProducts(values, values, terms)
            : PlainSum.of(values, terms);
    int divisor = reduction == Reduction.SUM ? 1 : row.present();
    double value = sum.value() / divisor;
    if (Bounds.decide(value, sum.magnitude() * bound / divisor)) {
      tally.add(Tier.BOUND, 1);
      return FloatElements.bits((float) value);
    }
    tally.add(Tier.EXACT, 1);
    return exact(divisor);
  }

  /** Absent terms count as zeros here, which change neither a sum nor a sum of squares. */
  private int exact(int divisor) {
    ExactSum sum = new ExactSum();
    for (int term = 0; term < terms; term++) {
      int bits = FloatElements.bits((float) values[term]);
      if (reduction == Reduction.MEANSQ) {
        sum.addProduct(bits, bits);
      } else {
        sum.add(bits);
      }
    }
    return sum.roundedQuotient(divisor);
  }
}
