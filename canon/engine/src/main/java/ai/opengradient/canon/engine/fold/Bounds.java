package ai.opengradient.canon.engine.fold;

/**
 * How far a sum computed in binary64 may be from the exact one, and whether that leaves a choice of
 * float32. All products of two float32 are exact in binary64, and nothing here is ever below its
 * least normal number or above its greatest.
 */
final class Bounds {
  /** Half of the distance from 1 to the next binary64 number: the error of one operation on 1. */
  private static final double UNIT = 0x1p-53;

  /**
   * More than all roundings in the computation of a bound take away from it, in the sum of up to
   * 2^17 magnitudes among others.
   */
  static final double INFLATION = 1 + 0x1p-20;

  /**
   * Operations between the sum and the decision: adding the error, subtracting it, dividing by a
   * count, and some to spare.
   */
  private static final int LAST_OPERATIONS = 8;

  private Bounds() {}

  /**
   * The error of a sum is at most this times the sum of the terms' magnitudes; also where both are
   * then divided by a count.
   *
   * @param additions how many additions a term takes part in at most
   */
  static double errorOfSum(int additions) {
    return (additions + LAST_OPERATIONS) * UNIT * INFLATION;
  }

  /** At least the square root of a sum of squares that was computed from up to 2^17 of them. */
  static double norm(double squares) {
    return Math.sqrt(squares) * INFLATION;
  }

  /**
   * Whether all numbers within an error of a value round to one float32, which is then {@code
   * (float) value}, but for the sign of a zero. False if either is not finite.
   */
  static boolean decide(double value, double error) {
    return (float) (value - error) == (float) (value + error) && error < Double.POSITIVE_INFINITY;
  }
}
