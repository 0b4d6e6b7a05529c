package ai.opengradient.worker.chain;

import java.util.Locale;
import java.util.regex.Pattern;
import org.web3j.crypto.Keys;

/**
 * An account or contract on the chain.
 *
 * @param hex {@code 0x} and 40 lower-case hexadecimal digits
 */
public record Address(String hex) implements Comparable<Address> {

  private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{40}");

  /** The address of nobody. */
  public static final Address ZERO = new Address("0x" + "0".repeat(40));

  /**
   * Takes an address in any letter case.
   *
   * @throws IllegalArgumentException if it isn't 20 bytes in hexadecimal, or is of mixed case with
   *     a wrong EIP-55 checksum
   */
  public Address {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "'" + hex + "' is not an address: write 0x and 40 hexadecimal digits");
    }
    String digits = hex.substring(2);
    boolean mixed =
        !digits.equals(digits.toLowerCase(Locale.ROOT))
            && !digits.equals(digits.toUpperCase(Locale.ROOT));
    if (mixed && !Keys.toChecksumAddress(hex).equals(hex)) {
      throw new IllegalArgumentException(
          "'" + hex + "' has a wrong checksum (EIP-55): a digit or a letter's case is mistyped");
    }
    hex = hex.toLowerCase(Locale.ROOT);
  }

  /** Whether this is the address of nobody. */
  public boolean isZero() {
    return equals(ZERO);
  }

  @Override
  public int compareTo(Address other) {
    return hex.compareTo(other.hex);
  }

  /** The address with its EIP-55 checksum, as people should see it. */
  @Override
  public String toString() {
    return Keys.toChecksumAddress(hex);
  }
}
