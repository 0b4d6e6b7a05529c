package ai.opengradient.canon.engine.function;

import static ai.opengradient.canon.engine.elements.Lanes.DOUBLES;

import ai.opengradient.canon.engine.elements.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * ERF by a series without cancellation: erf x = 2/√π · x · e^(−x²) · Σ cₙ·x²ⁿ, where c₀ = 1 and cₙ
 * = cₙ₋₁ · 2/(2n + 1).
 *
 * <p>Source: M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 7.1.6.
 */
final class ErrorSeries implements Approximation {
  private static final int LANES = Lanes.COUNT;

  /** From here on ERF rounds to 1. */
  private static final double FAR = 4;

  private static final double TWO_OVER_ROOT_PI = 0x1.20dd750429b6dp0;

  /** What is left out is at most this times the sum. */
  private static final double TRUNCATION = 0x1p-48;

  private static final int TERMS = 64;

  private final double[] coefficients = new double[TERMS];

  /** Bounds of x² are whole multiples of this. */
  private static final double STEP = 0.5;

  /** By the number of steps in a bound of x²: the terms that are summed up. */
  private final int[] terms = new int[(int) (FAR * FAR / STEP) + 1];

  ErrorSeries() {
    coefficients[0] = 1;
    for (int n = 1; n < TERMS; n++) {
      coefficients[n] = coefficients[n - 1] * 2 / (2 * n + 1);
    }
    for (int steps = 0; steps < terms.length; steps++) {
      terms[steps] = termsUpTo(steps * STEP);
    }
  }

  private int termsUpTo(double square) {
    double sum = 1;
    double term = 1;
    int n = 1;
    // Behind a ratio of at most ½, all that follows is at most the next term twice.
    while (true) {
      double ratio = 2 * square / (2 * n + 1);
      term *= ratio;
      if (ratio <= 0.5 && 2 * term <= sum * TRUNCATION) {
        return n;
      }
      sum += term;
      n++;
    }
  }

  @Override
  public void apply(float[] arguments, double[] values, int length) {
    // Two at a time, since each waits for its own additions.
    for (int at = 0; at < length; at += 2 * LANES) {
      DoubleVector x = Exponentials.argument(arguments, at);
      DoubleVector nextX = Exponentials.argument(arguments, at + LANES);
      DoubleVector magnitude = x.abs().min(FAR);
      DoubleVector nextMagnitude = nextX.abs().min(FAR);
      DoubleVector square = magnitude.mul(magnitude);
      DoubleVector nextSquare = nextMagnitude.mul(nextMagnitude);
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      DoubleVector nextSum = sum;
      for (int n = terms(square.max(nextSquare)) - 1; n >= 0; n--) {
        DoubleVector coefficient = DoubleVector.broadcast(DOUBLES, coefficients[n]);
        sum = sum.fma(square, coefficient);
        nextSum = nextSum.fma(nextSquare, coefficient);
      }
      finished(x, magnitude, square, sum).intoArray(values, at);
      finished(nextX, nextMagnitude, nextSquare, nextSum).intoArray(values, at + LANES);
    }
  }

  private int terms(DoubleVector squares) {
    double greatest = squares.reduceLanes(VectorOperators.MAX);
    // Beside a NaN there may be any other argument.
    return Double.isNaN(greatest)
        ? terms[terms.length - 1]
        : terms[(int) Math.ceil(greatest / STEP)];
  }

  private static DoubleVector finished(
      DoubleVector x, DoubleVector magnitude, DoubleVector square, DoubleVector sum) {
    DoubleVector exp = Exponentials.exp(square.neg());
    DoubleVector value = magnitude.mul(TWO_OVER_ROOT_PI).mul(exp).mul(sum);
    return Exponentials.withSign(value, x);
  }
}
