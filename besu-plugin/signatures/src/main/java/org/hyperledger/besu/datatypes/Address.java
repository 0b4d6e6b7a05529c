package org.hyperledger.besu.datatypes;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An account's address. */
public class Address {
  private final String hexadecimal;

  private Address(String hexadecimal) {
    this.hexadecimal = hexadecimal;
  }

  public static Address fromHexString(String hexadecimal) {
    return new Address(hexadecimal.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Address address && hexadecimal.equals(address.hexadecimal);
  }

  @Override
  public int hashCode() {
    return hexadecimal.hashCode();
  }
}
