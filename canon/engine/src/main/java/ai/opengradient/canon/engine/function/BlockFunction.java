package ai.opengradient.canon.engine.function;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.engine.elements.FloatElements;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.engine.step.Tier;

/** A function of float32, computed at many arguments. */
public interface BlockFunction {
  /**
   * Computes values, correctly rounded.
   *
   * @param arguments from the array's start; may be −0 and any NaN
   * @param values takes the values; may have −0
   * @param length how many
   * @param tally takes the count of what decided their rounding
   */
  void apply(float[] arguments, float[] values, int length, Tally tally);

  static BlockFunction of(UnaryFunction function) {
    return (arguments, values, length, tally) -> {
      for (int at = 0; at < length; at++) {
        values[at] = Float.intBitsToFloat(function.apply(FloatElements.bits(arguments[at])));
      }
      tally.add(Tier.EXACT, length);
    };
  }
}
