package ai.opengradient.canon.plain;

import ai.opengradient.canon.tensor.DataType;
import java.math.BigInteger;

/** Elements of any dtype (section 2): canonical form, and the range of the integer dtypes. */
public final class PlainElement {
  private PlainElement() {}

  /**
   * The element in canonical form; a bool that is not 0 is true.
   *
   * @throws IllegalArgumentException if no element of the dtype is carried so
   */
  public static long canonical(DataType type, long element) {
    return switch (type) {
      case FLOAT32 -> float32(element);
      case UINT8, INT8, INT32, INT64 -> integer(type, element).longValueExact();
      case BOOL -> element == 0 ? 0 : 1;
    };
  }

  /** Canonical bits of a float32 element. */
  static int float32(long element) {
    if (element != (int) element) {
      throw new IllegalArgumentException(element + " is no sign-extended float32");
    }
    return PlainFloat.canonical((int) element);
  }

  /** The value of an element of an integer dtype. */
  static BigInteger integer(DataType type, long element) {
    BigInteger value = BigInteger.valueOf(element);
    if (value.compareTo(least(type)) < 0 || value.compareTo(greatest(type)) > 0) {
      throw new IllegalArgumentException(element + " is no " + type.label());
    }
    return value;
  }

  static boolean isInteger(DataType type) {
    return type != DataType.FLOAT32 && type != DataType.BOOL;
  }

  /** The bits of an element. */
  static int width(DataType type) {
    return 8 * type.width();
  }

  /** The least value of an integer dtype. */
  static BigInteger least(DataType type) {
    return isSigned(type) ? BigInteger.TWO.pow(width(type) - 1).negate() : BigInteger.ZERO;
  }

  /** The greatest value of an integer dtype. */
  static BigInteger greatest(DataType type) {
    return least(type).add(BigInteger.TWO.pow(width(type))).subtract(BigInteger.ONE);
  }

  /** The element of an integer dtype that is the value modulo 2^width. */
  static long wrapped(DataType type, BigInteger value) {
    BigInteger least = least(type);
    return value.subtract(least).mod(BigInteger.TWO.pow(width(type))).add(least).longValueExact();
  }

  private static boolean isSigned(DataType type) {
    return switch (type) {
      case UINT8 -> false;
      case INT8, INT32, INT64 -> true;
      case FLOAT32, BOOL -> throw new IllegalArgumentException(type.label() + " is no integer");
    };
  }
}
