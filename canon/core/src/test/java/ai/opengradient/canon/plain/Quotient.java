package ai.opengradient.canon.plain;

import java.math.BigInteger;

/** The integers next to a fraction. Denominators are positive. */
final class Quotient {
  private Quotient() {}

  /** The greatest integer not above the fraction. */
  static BigInteger floor(BigInteger numerator, BigInteger denominator) {
    BigInteger[] truncated = numerator.divideAndRemainder(denominator);
    return truncated[1].signum() < 0 ? truncated[0].subtract(BigInteger.ONE) : truncated[0];
  }

  /** The smallest integer not below the fraction. */
  static BigInteger ceiling(BigInteger numerator, BigInteger denominator) {
    return floor(numerator.negate(), denominator).negate();
  }

  /** The integer nearest to the fraction, of two equally near ones the even one. */
  static BigInteger nearest(BigInteger numerator, BigInteger denominator) {
    BigInteger below = floor(numerator, denominator);
    BigInteger twiceTheRest =
        numerator.subtract(below.multiply(denominator)).multiply(BigInteger.TWO);
    int side = twiceTheRest.compareTo(denominator);
    boolean up = side > 0 || (side == 0 && below.testBit(0));
    return up ? below.add(BigInteger.ONE) : below;
  }
}
