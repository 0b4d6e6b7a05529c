package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.engine.access.Run;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.elements.FloatElements;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.engine.step.Tier;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.Arrays;
import java.util.List;

/** Computes adjacent elements of a fold, term by term. For one thread. */
final class TapPiece {
  private final Node.Fold fold;
  private final List<TapRow> factors;
  private final Addends addends;
  private final List<Elements> operands;
  private final ElementFold single;
  private final int terms;
  private final int innermost;
  private final double bound;
  private final double[] sums;
  private final double[] magnitudes;

  private final boolean isMean;

  /** By element, where a mean is wanted: how many terms are present. */
  private final int[] present;

  private final long[] addendValues;
  private final long[] addendElements;
  private final long[] integers;

  /**
   * For pieces of a fold.
   *
   * @param length the most elements of a piece
   * @param single for what is not decided
   */
  TapPiece(
      Node.Fold fold,
      List<TapRow> factors,
      Addends addends,
      List<Elements> operands,
      int length,
      ElementFold single) {
    this.fold = fold;
    this.factors = factors;
    this.addends = addends;
    this.operands = operands;
    this.single = single;
    terms = fold.terms().size();
    innermost = fold.space().rank() - 1;
    bound = Bounds.errorOfSum(terms + 1);
    isMean = fold.reduction() == Reduction.MEAN || fold.reduction() == Reduction.MEANSQ;
    sums = new double[length];
    magnitudes = new double[length];
    present = new int[length];
    addendElements = new long[length];
    integers = new long[length];
    addendValues = addends.newValues();
  }

  /**
   * Writes elements that are adjacent on the innermost axis.
   *
   * @param x coordinates of the first one, and zeros for the term's; the innermost is changed
   * @param count how many
   * @param place of the first one
   */
  void write(int[] x, int count, Elements result, int place, Tally tally) {
    Arrays.fill(sums, 0, count, ofNothing());
    Arrays.fill(magnitudes, 0, count, 0);
    Arrays.fill(present, 0, count, 0);
    factors.forEach(factor -> factor.locate(x));
    for (int term = 0; term < terms; term++) {
      for (TapRow factor : factors) {
        factor.read(term, count);
      }
      add(term);
    }
    addends.read(operands, x, innermost, count, addendValues, addendElements);
    if (result instanceof FloatElements floats) {
      round(x, count, floats.values(), place, tally);
    } else {
      for (int at = 0; at < count; at++) {
        long sum = (long) sums[at] + addendElements[at];
        integers[at] = IntegerOperations.wrap(fold.dataType(), sum);
      }
      result.write(integers, count, place);
    }
  }

  private double ofNothing() {
    DataType type = fold.dataType();
    boolean isFloat = type == DataType.FLOAT32;
    return switch (fold.reduction()) {
      case MAX -> isFloat ? Double.NEGATIVE_INFINITY : IntegerOperations.least(type);
      case MIN -> isFloat ? Double.POSITIVE_INFINITY : IntegerOperations.greatest(type);
      default -> 0;
    };
  }

  private void add(int term) {
    TapRow a = factors.getFirst();
    TapRow b = factors.getLast();
    Run first = a.run(term);
    Run last = b.run(term);
    int from = Math.max(first.from(), last.from());
    int to = Math.min(first.to(), last.to());
    switch (fold.reduction()) {
      case DOT, MEANSQ ->
          TapSums.addProducts(
              a.values(), a.at(term), b.values(), b.at(term), sums, magnitudes, from, to);
      case SUM, MEAN -> TapSums.add(a.values(), a.at(term), sums, magnitudes, from, to);
      case MAX -> TapSums.raise(a.values(), a.at(term), sums, from, to);
      case MIN -> TapSums.lower(a.values(), a.at(term), sums, from, to);
      default -> throw new IllegalStateException(fold.reduction() + " is not computed by terms");
    }
    for (int at = from; at < to && isMean; at++) {
      present[at]++;
    }
  }

  private void round(int[] x, int count, float[] target, int place, Tally tally) {
    switch (fold.reduction()) {
      case MAX, MIN -> {
        for (int at = 0; at < count; at++) {
          target[place + at] = (float) sums[at];
        }
      }
      case MEAN, MEANSQ -> {
        for (int at = 0; at < count; at++) {
          sums[at] /= present[at];
          magnitudes[at] *= bound / present[at];
        }
        decide(x, count, target, place, tally);
      }
      default -> {
        for (int at = 0; at < count; at++) {
          double addend = Float.intBitsToFloat((int) addendElements[at]);
          sums[at] += addend;
          magnitudes[at] = (magnitudes[at] + Math.abs(addend)) * bound;
        }
        decide(x, count, target, place, tally);
      }
    }
  }

  /** Of values in the place of sums, with their errors in that of magnitudes. */
  private void decide(int[] x, int count, float[] target, int place, Tally tally) {
    int first = x[innermost];
    int undecided = 0;
    Tally closely = new Tally();
    for (int at = 0; at < count; at++) {
      if (Bounds.decide(sums[at], magnitudes[at])) {
        target[place + at] = (float) sums[at] + 0f;
      } else {
        undecided++;
        x[innermost] = first + at;
        target[place + at] = Float.intBitsToFloat((int) single.element(x, closely));
      }
    }
    x[innermost] = first;
    tally.add(closely);
    tally.add(Tier.BOUND, (long) count - undecided);
  }
}
