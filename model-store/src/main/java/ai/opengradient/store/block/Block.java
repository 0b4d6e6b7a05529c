package ai.opengradient.store.block;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import java.nio.ByteBuffer;

/** Bytes with the id that they were checked against. There is no other way to get one. */
public final class Block {
  /** The longest block that is read or kept, 2 MiB: what other implementations exchange. */
  public static final int MAXIMUM_LENGTH = 2 << 20;

  private final ContentId id;
  private final byte[] bytes;

  private Block(ContentId id, byte[] bytes) {
    this.id = id;
    this.bytes = bytes;
  }

  /**
   * A block of bytes of our own, under the id that they have. They must not be changed afterwards.
   */
  public static Block of(Codec codec, byte[] bytes) {
    checkLength(bytes.length, "the block");
    return new Block(ContentId.of(codec, bytes), bytes);
  }

  /**
   * A block of bytes of anyone, if they are what the id names. They must not be changed afterwards.
   *
   * @param origin who gave the bytes, for the message
   * @throws StoreException.CorruptBlock if they are not
   * @throws StoreException.OversizedBlock if they are too many
   */
  public static Block verify(ContentId id, byte[] bytes, String origin) {
    checkLength(bytes.length, "block " + id + " from " + origin);
    if (!id.matches(bytes)) {
      throw new StoreException.CorruptBlock(
          origin
              + " gave "
              + bytes.length
              + " bytes for block "
              + id
              + " that do not have its hash");
    }
    return new Block(id, bytes);
  }

  /** The block that an identity id holds in itself. */
  public static Block inline(ContentId id) {
    return new Block(id, id.inlineBlock());
  }

  public ContentId id() {
    return id;
  }

  public int length() {
    return bytes.length;
  }

  /** A read-only view of the bytes. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  private static void checkLength(int length, String what) {
    if (length > MAXIMUM_LENGTH) {
      throw new StoreException.OversizedBlock(
          what + " is longer than " + MAXIMUM_LENGTH + " bytes");
    }
  }
}
