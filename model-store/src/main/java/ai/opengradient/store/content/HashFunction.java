package ai.opengradient.store.content;

import ai.opengradient.store.StoreException;

/** How a block's id depends on its bytes. */
public enum HashFunction {
  /** The id holds the bytes themselves, at most {@link #MAXIMUM_IDENTITY_LENGTH}. */
  IDENTITY(0x00),
  SHA2_256(0x12);

  /** The longest block that an id may hold in itself. */
  public static final int MAXIMUM_IDENTITY_LENGTH = 128;

  static final int SHA2_256_LENGTH = 32;

  private final int code;

  HashFunction(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static HashFunction fromCode(long code) {
    for (HashFunction function : values()) {
      if (function.code == code) {
        return function;
      }
    }
    throw new StoreException.InvalidContentId(
        "hash function 0x" + Long.toHexString(code) + " is not supported; use sha2-256 (0x12)");
  }
}
