package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.program.Operation;

/**
 * The operations on float32. Java's are those of IEEE 754 with the canon's rounding, one by one and
 * never fused; all that is left to care for is the sign of a zero divisor.
 */
final class FloatBlocks {
  private FloatBlocks() {}

  /** An operation whose result is float32. */
  static void compute(Operation operation, float[] a, float[] b, float[] result, int length) {
    switch (operation) {
      case ADD -> add(a, b, result, length);
      case SUB -> subtract(a, b, result, length);
      case MUL -> multiply(a, b, result, length);
      case DIV -> divide(a, b, result, length);
      case NEG -> negate(a, result, length);
      case ABS -> absolute(a, result, length);
      case MAX -> maximum(a, b, result, length);
      case MIN -> minimum(a, b, result, length);
      case SQRT -> squareRoot(a, result, length);
      case FLOOR -> floor(a, result, length);
      case CEIL -> ceiling(a, result, length);
      case RINT -> roundToInteger(a, result, length);
      default -> throw new IllegalArgumentException(operation + " gives no float32");
    }
  }

  private static void add(float[] a, float[] b, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = a[at] + b[at];
    }
  }

  private static void subtract(float[] a, float[] b, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = a[at] - b[at];
    }
  }

  private static void multiply(float[] a, float[] b, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = a[at] * b[at];
    }
  }

  private static void divide(float[] a, float[] b, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      // The sum with +0 of −0 is +0.
      result[at] = a[at] / (b[at] + 0f);
    }
  }

  private static void negate(float[] a, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = -a[at];
    }
  }

  private static void absolute(float[] a, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = Math.abs(a[at]);
    }
  }

  private static void maximum(float[] a, float[] b, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = Math.max(a[at], b[at]);
    }
  }

  private static void minimum(float[] a, float[] b, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = Math.min(a[at], b[at]);
    }
  }

  private static void squareRoot(float[] a, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      // Binary64 has more than twice the digits, so that rounding twice is rounding once.
      result[at] = (float) Math.sqrt(a[at]);
    }
  }

  private static void floor(float[] a, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = (float) Math.floor(a[at]);
    }
  }

  private static void ceiling(float[] a, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = (float) Math.ceil(a[at]);
    }
  }

  private static void roundToInteger(float[] a, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = (float) Math.rint(a[at]);
    }
  }

  /** EQ, NE, LT or LE. */
  static void compare(Operation operation, float[] a, float[] b, long[] result, int length) {
    for (int at = 0; at < length; at++) {
      boolean holds =
          switch (operation) {
            case EQ -> a[at] == b[at];
            case NE -> a[at] != b[at];
            case LT -> a[at] < b[at];
            case LE -> a[at] <= b[at];
            default -> throw new IllegalArgumentException(operation + " compares nothing");
          };
      result[at] = holds ? 1 : 0;
    }
  }

  static void select(long[] chosen, float[] a, float[] b, float[] result, int length) {
    for (int at = 0; at < length; at++) {
      result[at] = chosen[at] == 0 ? b[at] : a[at];
    }
  }
}
