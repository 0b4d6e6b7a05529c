package ai.opengradient.store.car;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.content.Varint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Reads a CARv1 from a stream, a block at a time. Whatever lengths the archive states, no more than
 * one block's are in memory. What the header says of roots proves nothing.
 */
public final class CarReader {
  /** An id of version 1 with the longest identity hash, and its numbers. */
  private static final int LONGEST_ID = 256;

  private final InputStream input;
  private final String origin;
  private final List<ContentId> roots;

  private CarReader(InputStream input, String origin) throws IOException {
    this.input = input;
    this.origin = origin;
    roots = header().roots();
  }

  /**
   * Reads the header.
   *
   * @param input buffered, or it is slow
   * @param origin what to call the archive in messages
   * @throws StoreException.InvalidArchive if it is not the header of a CARv1
   * @throws IOException if the stream fails
   */
  public static CarReader open(InputStream input, String origin) throws IOException {
    return new CarReader(input, origin);
  }

  /** The roots that the header states, possibly none. */
  public List<ContentId> roots() {
    return roots;
  }

  /**
   * The next block, verified; nothing at the archive's end.
   *
   * @throws StoreException.InvalidArchive if the archive ends inside a block, states a length that
   *     no block has, or has a block of a kind that is not read here
   * @throws StoreException.CorruptBlock if a block is not what its id says
   * @throws IOException if the stream fails
   */
  public Optional<Block> next() throws IOException {
    int first = input.read();
    if (first < 0) {
      return Optional.empty();
    }
    long length = length(first);
    if (length > Block.MAXIMUM_LENGTH + LONGEST_ID) {
      throw invalid(
          "it states a block of " + length + " bytes; the limit is " + Block.MAXIMUM_LENGTH);
    }
    ByteBuffer section = ByteBuffer.wrap(bytes((int) length));
    ContentId id = id(section);
    byte[] block = new byte[section.remaining()];
    section.get(block);
    return Optional.of(Block.verify(id, block, origin));
  }

  private CarHeader header() throws IOException {
    int first = input.read();
    if (first < 0) {
      throw invalid("it is empty");
    }
    long length = length(first);
    if (length > CarHeader.MAXIMUM_LENGTH) {
      throw invalid(
          "it states a header of " + length + " bytes; the limit is " + CarHeader.MAXIMUM_LENGTH);
    }
    return CarHeader.parse(bytes((int) length), origin);
  }

  private ContentId id(ByteBuffer section) {
    try {
      return ContentId.read(section);
    } catch (StoreException.InvalidContentId e) {
      throw invalid("a block's id can't be read: " + e.getMessage());
    }
  }

  private long length(int first) throws IOException {
    long length = first & 0x7f;
    int next = first;
    for (int shift = 7; (next & 0x80) != 0; shift += 7) {
      next = input.read();
      if (next < 0) {
        throw invalid("it ends inside a length");
      }
      if (shift == 7 * Varint.MAXIMUM_LENGTH || next == 0) {
        throw invalid("it has a length that is too long or not in its shortest form");
      }
      length |= (long) (next & 0x7f) << shift;
    }
    return length;
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw invalid(
          "it was cut off: " + length + " bytes are stated, " + bytes.length + " are there");
    }
    return bytes;
  }

  private StoreException.InvalidArchive invalid(String why) {
    return new StoreException.InvalidArchive(origin + " is not a CAR of version 1: " + why);
  }
}
