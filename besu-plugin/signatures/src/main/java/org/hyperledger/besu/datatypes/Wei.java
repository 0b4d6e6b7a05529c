package org.hyperledger.besu.datatypes;

/** An amount of coin. */
public final class Wei {
  private final long value;

  private Wei(long value) {
    this.value = value;
  }

  public static Wei of(long value) {
    return new Wei(value);
  }

  public boolean isZero() {
    return value == 0;
  }
}
