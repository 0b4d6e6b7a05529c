package ai.opengradient.store.content;

import ai.opengradient.store.StoreException;

/** How a block's bytes are to be read. */
public enum Codec {
  /** Plain bytes. */
  RAW(0x55, "raw"),
  /** A node with links and data, which is how UnixFS builds trees. */
  DAG_PB(0x70, "dag-pb");

  private final int code;
  private final String label;

  Codec(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** The multicodec code. */
  public int code() {
    return code;
  }

  /** The multicodec name. */
  public String label() {
    return label;
  }

  /**
   * The codec with this name.
   *
   * @throws StoreException.InvalidContentId if it is not one that is read here
   */
  public static Codec fromLabel(String label) {
    for (Codec codec : values()) {
      if (codec.label.equals(label)) {
        return codec;
      }
    }
    throw new StoreException.InvalidContentId(
        "codec '" + label + "' is not supported; use raw or dag-pb");
  }

  static Codec fromCode(long code) {
    for (Codec codec : values()) {
      if (codec.code == code) {
        return codec;
      }
    }
    throw new StoreException.InvalidContentId(
        "codec 0x" + Long.toHexString(code) + " is not supported; use raw (0x55) or dag-pb (0x70)");
  }
}
