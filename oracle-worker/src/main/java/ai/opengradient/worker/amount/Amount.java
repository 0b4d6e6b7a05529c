package ai.opengradient.worker.amount;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * An amount of $OPG.
 *
 * @param units in the smallest unit, 10^-18 $OPG; not negative, below 2^96 as the contracts store
 *     it
 */
public record Amount(BigInteger units) implements Comparable<Amount> {
  public static final Amount ZERO = new Amount(BigInteger.ZERO);

  private static final int DECIMALS = 18;
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,29}(\\.\\d{1,18})?");

  public Amount {
    if (units.signum() < 0 || units.bitLength() > 96) {
      throw new IllegalArgumentException(units + " is not in 0 .. 2^96 - 1");
    }
  }

  /**
   * Reads what {@link #toString} writes, exactly.
   *
   * @param text a decimal number such as {@code 2.5}
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Amount parse(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a decimal number with at most 18 places, such as 2.5");
    }
    BigInteger units = new BigDecimal(text).movePointRight(DECIMALS).toBigIntegerExact();
    if (units.bitLength() > 96) {
      throw new IllegalArgumentException("'" + text + "' is above what a contract can hold");
    }
    return new Amount(units);
  }

  public Amount plus(Amount other) {
    return new Amount(units.add(other.units));
  }

  /** The greater of the two. */
  public Amount max(Amount other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public int compareTo(Amount other) {
    return units.compareTo(other.units);
  }

  /** The amount in $OPG without superfluous zeros, such as {@code 2.5}. */
  @Override
  public String toString() {
    return units.signum() == 0
        ? "0"
        : new BigDecimal(units, DECIMALS).stripTrailingZeros().toPlainString();
  }
}
