package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.Floats.exponent;
import static ai.opengradient.canon.arithmetic.Floats.isFinite;
import static ai.opengradient.canon.arithmetic.Floats.isNaN;
import static ai.opengradient.canon.arithmetic.Floats.isNegative;
import static ai.opengradient.canon.arithmetic.Floats.significand;

import ai.opengradient.canon.tensor.DataType;

/** CAST between any two types. Source: section 4 of {@code docs/canon.md}. */
public final class Conversions {
  private Conversions() {}

  /** The element of type {@code from} as one of type {@code to}. */
  public static long cast(DataType from, DataType to, long element) {
    if (from == to) {
      return element;
    }
    if (to == DataType.BOOL) {
      return element == 0 ? 0 : 1;
    }
    if (to == DataType.FLOAT32) {
      return Rounding.round(element < 0, Math.abs(element), 0, false);
    }
    return from == DataType.FLOAT32
        ? truncate(to, (int) element)
        : IntegerOperations.wrap(to, element);
  }

  /** Towards zero, what lies out of the type's range to its end; NaN gives 0. */
  private static long truncate(DataType to, int bits) {
    if (isNaN(bits)) {
      return 0;
    }
    long least = IntegerOperations.least(to);
    long greatest = IntegerOperations.greatest(to);
    int shift = exponent(bits);
    // From 2^63 on every value is out of every range.
    if (!isFinite(bits) || shift >= Long.SIZE - Floats.SIGNIFICAND_BITS) {
      return isNegative(bits) ? least : greatest;
    }
    long whole =
        shift >= 0
            ? (long) significand(bits) << shift
            : significand(bits) >>> Math.min(-shift, Integer.SIZE - 1);
    return Math.clamp(isNegative(bits) ? -whole : whole, least, greatest);
  }
}
