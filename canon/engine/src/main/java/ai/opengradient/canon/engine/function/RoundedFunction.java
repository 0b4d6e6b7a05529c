package ai.opengradient.canon.engine.function;

import static ai.opengradient.canon.engine.elements.Lanes.DOUBLES;
import static ai.opengradient.canon.engine.elements.Lanes.rounded;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.engine.elements.FloatElements;
import ai.opengradient.canon.engine.elements.Lanes;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.engine.step.Tier;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * A function by its approximation where all numbers within the error round alike, and by {@code
 * canon/core} elsewhere.
 *
 * @param exact the function
 */
record RoundedFunction(UnaryFunction exact, Approximation approximation) implements BlockFunction {
  private static final int LANES = Lanes.COUNT;

  /** Twice the approximations' relative error: the other half is for the roundings of the test. */
  private static final double ERROR = 0x1p-42;

  @Override
  public void apply(float[] arguments, float[] values, int length, Tally tally) {
    double[] approximate = new double[values.length];
    approximation.apply(arguments, approximate, length);
    int undecided = 0;
    for (int at = 0; at < length; at += LANES) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, approximate, at);
      DoubleVector error = value.abs().mul(ERROR);
      FloatVector least = rounded(value.sub(error));
      VectorMask<Float> decided = least.compare(VectorOperators.EQ, rounded(value.add(error)));
      least.intoArray(values, at);
      long left = decided.not().toLong();
      for (; left != 0; left &= left - 1) {
        int one = at + Long.numberOfTrailingZeros(left);
        if (one < length) {
          values[one] = Float.intBitsToFloat(exact.apply(FloatElements.bits(arguments[one])));
          undecided++;
        }
      }
    }
    tally.add(Tier.EXACT, undecided);
    tally.add(Tier.BOUND, length - undecided);
  }
}
