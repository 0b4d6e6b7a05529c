package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.tensor.DataType;

/**
 * CAST. Java's conversions between numbers are the canon's: to the nearest float, to integers
 * towards zero with what is out of range at its end and NaN at zero.
 */
final class Casts {
  private Casts() {}

  /** An integer or bool as float32. */
  static void toFloats(long[] source, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = source[at];
    }
  }

  /** A float32 as an integer or bool. */
  static void fromFloats(float[] source, DataType to, long[] result, int length) {
    if (to == DataType.BOOL) {
      for (int at = 0; at < length; at++) {
        result[at] = source[at] == 0 ? 0 : 1;
      }
      return;
    }
    long least = IntegerOperations.least(to);
    long greatest = IntegerOperations.greatest(to);
    for (int at = 0; at < length; at++) {
      result[at] = Math.clamp((long) source[at], least, greatest);
    }
  }

  /** An integer or bool as another. */
  static void toIntegers(long[] source, DataType to, long[] result, int length) {
    if (to == DataType.BOOL) {
      for (int at = 0; at < length; at++) {
        result[at] = source[at] == 0 ? 0 : 1;
      }
      return;
    }
    System.arraycopy(source, 0, result, 0, length);
    IntegerBlocks.wrap(to, result, length);
  }
}
