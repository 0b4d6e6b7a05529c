package ai.opengradient.canon.engine.function;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.engine.step.Tally;

/** A function of float32, computed at many arguments. */
public interface BlockFunction {
  /** The lengths of all arrays are multiples of this. */
  int MULTIPLE = 32;

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
    return new RoundedFunction(function, approximation(function));
  }

  /**
   * The six of {@link StrictMath} have the same bits everywhere, and errors of less than one unit
   * in the last place.
   */
  private static Approximation approximation(UnaryFunction function) {
    return switch (function) {
      case EXP -> Exponentials::exp;
      case TANH -> Exponentials::tanh;
      case SIGMOID -> Exponentials::sigmoid;
      case SINH -> Exponentials::sinh;
      case ERF -> new ErrorSeries();
      case LOG -> Approximation.each(StrictMath::log);
      case SIN -> Approximation.each(StrictMath::sin);
      case COS -> Approximation.each(StrictMath::cos);
      case ATAN -> Approximation.each(StrictMath::atan);
      case SOFTPLUS -> Approximation.each(BlockFunction::softplus);
    };
  }

  private static double softplus(double x) {
    // Beyond, e^x is nothing to x, and in the end more than there are numbers for.
    return x > 100 ? x : StrictMath.log1p(StrictMath.exp(x));
  }
}
