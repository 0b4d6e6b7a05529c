package ai.opengradient.canon.commitment;

import java.util.Arrays;
import java.util.HexFormat;

/** Thirty-two bytes that are the hash of something. */
public final class Hash {
  /** Bytes of a hash. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A hash of these bytes, copied.
   *
   * @throws IllegalArgumentException if they are not 32
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has " + LENGTH + " bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** A hash of these 32 bytes, which nobody else holds. */
  static Hash ofOwn(byte[] bytes) {
    return new Hash(bytes);
  }

  /**
   * Reads 64 hexadecimal digits, with or without {@code 0x}.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Hash fromHex(String text) {
    return of(HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Adds the bytes to what is hashed. */
  void addTo(Keccak256 keccak) {
    keccak.update(bytes, 0, LENGTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** {@code 0x} and 64 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
