package ai.opengradient.worker.chain;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An amount of $OPG.
 *
 * @param units in the token's smallest unit, 10⁻¹⁸ $OPG; 0 to 2⁹⁶ − 1 wherever a contract takes it
 */
public record Amount(BigInteger units) implements Comparable<Amount> {

  /** Nothing. */
  public static final Amount ZERO = new Amount(BigInteger.ZERO);

  /** The greatest amount that the contracts take (uint96). */
  public static final Amount GREATEST =
      new Amount(BigInteger.ONE.shiftLeft(96).subtract(BigInteger.ONE));

  private static final int DECIMALS = 18;

  public Amount {
    if (units.signum() < 0) {
      throw new IllegalArgumentException("an amount of " + units + " units is below zero");
    }
  }

  /**
   * Reads an amount as people write it, in $OPG: {@code 12}, {@code 0.5}.
   *
   * @throws IllegalArgumentException if it isn't a plain decimal number from 0 to 2⁹⁶ − 1 units
   *     with at most 18 decimals
   */
  public static Amount parse(String text) {
    if (!text.matches("[0-9]{1,30}(\\.[0-9]{1,18})?")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an amount of $OPG: write a number such as 12 or 0.5");
    }
    Amount amount = new Amount(new BigDecimal(text).movePointRight(DECIMALS).toBigIntegerExact());
    if (amount.compareTo(GREATEST) > 0) {
      throw new IllegalArgumentException("'" + text + "' is more $OPG than a contract can hold");
    }
    return amount;
  }

  /** This and the other amount together. */
  public Amount plus(Amount other) {
    return new Amount(units.add(other.units));
  }

  /**
   * What is left of this amount without the other.
   *
   * @throws IllegalArgumentException if the other is greater
   */
  public Amount minus(Amount other) {
    return new Amount(units.subtract(other.units));
  }

  @Override
  public int compareTo(Amount other) {
    return units.compareTo(other.units);
  }

  /** The amount in $OPG as a plain decimal number without trailing zeros, such as {@code 0.5}. */
  @Override
  public String toString() {
    return units.signum() == 0
        ? "0"
        : new BigDecimal(units, DECIMALS).stripTrailingZeros().toPlainString();
  }
}
