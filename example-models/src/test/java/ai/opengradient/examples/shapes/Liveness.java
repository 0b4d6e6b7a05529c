package ai.opengradient.examples.shapes;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * How lively the values of one tensor are.
 *
 * @param tensor its name
 * @param finite the share of numbers that are neither NaN nor infinite
 * @param nonZero the share that is not zero
 * @param deviation the standard deviation of the finite ones
 */
record Liveness(String tensor, double finite, double nonZero, double deviation) {
  static Liveness of(String tensor, FloatBuffer values) {
    double[] numbers = new double[values.remaining()];
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] = values.get(values.position() + index);
    }
    return of(tensor, numbers);
  }

  /** Of uint8, in steps. */
  static Liveness of(String tensor, ByteBuffer values) {
    double[] numbers = new double[values.remaining()];
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] = Byte.toUnsignedInt(values.get(values.position() + index));
    }
    return of(tensor, numbers);
  }

  private static Liveness of(String tensor, double[] values) {
    int finite = 0;
    int nonZero = 0;
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      nonZero += value == 0 ? 0 : 1;
      if (Double.isFinite(value)) {
        finite++;
        sum += value;
        squares += value * value;
      }
    }
    double mean = sum / finite;
    return new Liveness(
        tensor,
        (double) finite / values.length,
        (double) nonZero / values.length,
        Math.sqrt(squares / finite - mean * mean));
  }

  boolean alive() {
    return finite >= 0.9 && nonZero >= 0.25 && deviation >= 1e-2 && deviation <= 1e2;
  }
}
