package ai.opengradient.store.content;

import ai.opengradient.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A content id (CID): codec and hash of a block. Versions 0 and 1; codecs raw and dag-pb; hashes
 * sha2-256 and identity up to 128 bytes. Two ids are equal if version, codec and hash are.
 *
 * <p>Source: the CID specification (multiformats/cid) and its tables of codecs and hashes.
 */
public final class ContentId {
  /** The longest text that is read; an identity hash of 128 bytes in base 32 stays below. */
  private static final int MAXIMUM_TEXT_LENGTH = 256;

  private static final int VERSION_0_LENGTH = 34;

  private final int version;
  private final Codec codec;
  private final HashFunction function;
  private final byte[] digest;

  private ContentId(int version, Codec codec, HashFunction function, byte[] digest) {
    this.version = version;
    this.codec = codec;
    this.function = function;
    this.digest = digest;
  }

  /** The id (version 1, sha2-256) of a block. */
  public static ContentId of(Codec codec, byte[] block) {
    return new ContentId(1, codec, HashFunction.SHA2_256, Sha256.start().digest(block));
  }

  /**
   * Reads an id from text: base 58 without prefix (version 0), or with a multibase prefix {@code b}
   * or {@code B} (base 32) or {@code z} (base 58).
   *
   * @throws StoreException.InvalidContentId if it is anything else
   */
  public static ContentId parse(String text) {
    if (text.length() > MAXIMUM_TEXT_LENGTH) {
      throw new StoreException.InvalidContentId(
          "a content id has at most " + MAXIMUM_TEXT_LENGTH + " characters, not " + text.length());
    }
    if (text.length() == 46 && text.startsWith("Qm")) {
      return fromBytes(Multibase.decodeBase58(text));
    }
    ContentId id = fromBytes(Multibase.decode(text));
    if (id.version == 0) {
      throw new StoreException.InvalidContentId(
          "'" + text + "' is an id of version 0 with a multibase prefix; leave the prefix away");
    }
    return id;
  }

  /**
   * Reads an id from its binary form, all bytes of it.
   *
   * @throws StoreException.InvalidContentId if they are not exactly one id
   */
  public static ContentId fromBytes(byte[] bytes) {
    if (bytes.length == VERSION_0_LENGTH && bytes[0] == 0x12 && bytes[1] == 0x20) {
      return new ContentId(
          0, Codec.DAG_PB, HashFunction.SHA2_256, Arrays.copyOfRange(bytes, 2, VERSION_0_LENGTH));
    }
    ByteBuffer source = ByteBuffer.wrap(bytes);
    long version = Varint.read(source);
    if (version != 1) {
      throw new StoreException.InvalidContentId(
          "content id of version " + version + " is not supported; use version 1");
    }
    Codec codec = Codec.fromCode(Varint.read(source));
    HashFunction function = HashFunction.fromCode(Varint.read(source));
    long length = Varint.read(source);
    if (length != source.remaining()) {
      throw new StoreException.InvalidContentId(
          "the hash is announced with " + length + " bytes, but " + source.remaining() + " follow");
    }
    checkDigestLength(function, source.remaining());
    byte[] digest = new byte[source.remaining()];
    source.get(digest);
    return new ContentId(1, codec, function, digest);
  }

  /**
   * Reads an id that more bytes may follow; the position moves behind it.
   *
   * @throws StoreException.InvalidContentId if the bytes do not start with one
   */
  public static ContentId read(ByteBuffer source) {
    byte[] bytes = new byte[lengthAt(source.duplicate())];
    source.get(bytes);
    return fromBytes(bytes);
  }

  private static int lengthAt(ByteBuffer source) {
    int start = source.position();
    if (source.remaining() >= VERSION_0_LENGTH
        && source.get(start) == 0x12
        && source.get(start + 1) == 0x20) {
      return VERSION_0_LENGTH;
    }
    for (int number = 0; number < 3; number++) {
      Varint.read(source);
    }
    long digest = Varint.read(source);
    if (digest > source.remaining()) {
      throw new StoreException.InvalidContentId("the content id ends inside its hash");
    }
    return source.position() - start + (int) digest;
  }

  public int version() {
    return version;
  }

  public Codec codec() {
    return codec;
  }

  /** Whether the id holds the block itself, so that {@link #inlineBlock} gives it. */
  public boolean isIdentity() {
    return function == HashFunction.IDENTITY;
  }

  /** The block that an identity id holds. */
  public byte[] inlineBlock() {
    if (!isIdentity()) {
      throw new IllegalStateException(this + " does not hold its block");
    }
    return digest.clone();
  }

  /** Whether the id is this block's. */
  public boolean matches(byte[] block) {
    return Arrays.equals(digest, isIdentity() ? block : Sha256.start().digest(block));
  }

  /** The binary form. */
  public byte[] bytes() {
    ByteBuffer target = ByteBuffer.allocate(8 + digest.length);
    if (version == 1) {
      Varint.write(1, target);
      Varint.write(codec.code(), target);
    }
    Varint.write(function.code(), target);
    Varint.write(digest.length, target);
    target.put(digest);
    return Arrays.copyOf(target.array(), target.position());
  }

  /** The same block's id in version 1. */
  public ContentId asVersion1() {
    return version == 1 ? this : new ContentId(1, codec, function, digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentId id
        && version == id.version
        && codec == id.codec
        && function == id.function
        && Arrays.equals(digest, id.digest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(version, codec, function, Arrays.hashCode(digest));
  }

  /** The usual text: base 58 for version 0, lower-case base 32 for version 1. */
  @Override
  public String toString() {
    return version == 0 ? Multibase.encodeBase58(bytes()) : Multibase.encodeBase32(bytes());
  }

  private static void checkDigestLength(HashFunction function, int length) {
    switch (function) {
      case SHA2_256 -> {
        if (length != HashFunction.SHA2_256_LENGTH) {
          throw new StoreException.InvalidContentId("a sha2-256 has 32 bytes, not " + length);
        }
      }
      case IDENTITY -> {
        if (length > HashFunction.MAXIMUM_IDENTITY_LENGTH) {
          throw new StoreException.InvalidContentId(
              "an id holds at most 128 bytes of its block in itself, not " + length);
        }
      }
    }
  }
}
