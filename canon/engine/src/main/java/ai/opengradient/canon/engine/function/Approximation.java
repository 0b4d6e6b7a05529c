package ai.opengradient.canon.engine.function;

/**
 * A function computed in binary64 at float32 arguments, with a relative error of at most 2^−43
 * wherever the value is a number, infinity at infinite values, and NaN where it can't tell.
 */
@FunctionalInterface
interface Approximation {
  /**
   * Computes values.
   *
   * @param arguments from the array's start; those up to the next multiple of {@value
   *     BlockFunction#MULTIPLE} are read, too
   * @param values takes the values, and may take as many more
   */
  void apply(float[] arguments, double[] values, int length);

  /** A function computed at one argument at a time. */
  static Approximation each(One function) {
    return (arguments, values, length) -> {
      for (int at = 0; at < length; at++) {
        values[at] = function.apply(arguments[at]);
      }
    };
  }

  /** A function at one argument. */
  @FunctionalInterface
  interface One {
    double apply(double argument);
  }
}
