package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * The UnixFS data of a dag-pb node that is a directory, or a shard of a large one: a node of a hash
 * trie, whose links have the hexadecimal digits of their place before the entries' names, or
 * nothing else where they lead to another shard.
 *
 * <p>Source: the UnixFS specification (specs.ipfs.tech), message Data and HAMT directories.
 *
 * @param occupied the places that a shard's links stand for, most significant byte first; empty in
 *     a plain directory
 * @param fanout the number of a shard's places; 0 in a plain directory
 */
record DirectoryNode(ByteString occupied, int fanout) {
  static final DirectoryNode PLAIN = new DirectoryNode(ByteString.EMPTY, 0);

  private static final int TYPE = 1;
  private static final int DATA = 2;
  private static final int HASH_TYPE = 5;
  private static final int FANOUT = 6;

  private static final int TYPE_DIRECTORY = 1;
  private static final int TYPE_SHARD = 5;
  private static final int MURMUR3 = 0x22;
  private static final int MAXIMUM_FANOUT = 1024;

  boolean isShard() {
    return fanout > 0;
  }

  /** The hexadecimal digits before each name. */
  int prefixLength() {
    return isShard() ? Integer.toHexString(fanout - 1).length() : 0;
  }

  /** The node, if it is a directory at all. */
  static Optional<DirectoryNode> parse(ByteString bytes, ContentId id) {
    try {
      return parse(bytes.newCodedInput(), id);
    } catch (IOException e) {
      throw new StoreException.InvalidFile("block " + id + " is not UnixFS: " + e.getMessage());
    }
  }

  private static Optional<DirectoryNode> parse(CodedInputStream input, ContentId id)
      throws IOException {
    long type = -1;
    long hashType = -1;
    long fanout = 0;
    ByteString occupied = ByteString.EMPTY;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (tag) {
        case TYPE << 3 | WireFormat.WIRETYPE_VARINT -> type = input.readUInt64();
        case DATA << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> occupied = input.readBytes();
        case HASH_TYPE << 3 | WireFormat.WIRETYPE_VARINT -> hashType = input.readUInt64();
        case FANOUT << 3 | WireFormat.WIRETYPE_VARINT -> fanout = input.readUInt64();
        default -> input.skipField(tag);
      }
    }
    if (type == TYPE_DIRECTORY) {
      return Optional.of(PLAIN);
    }
    if (type != TYPE_SHARD) {
      return Optional.empty();
    }
    if (hashType != MURMUR3
        || Long.bitCount(fanout) != 1
        || fanout < 2
        || fanout > MAXIMUM_FANOUT) {
      throw new StoreException.InvalidFile(
          "block "
              + id
              + " is a shard of a directory with hash "
              + hashType
              + " and "
              + fanout
              + " places; murmur3 (34) and a power of two up to "
              + MAXIMUM_FANOUT
              + " are read");
    }
    return Optional.of(new DirectoryNode(occupied, (int) fanout));
  }

  ByteString toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    try {
      output.writeUInt64(TYPE, isShard() ? TYPE_SHARD : TYPE_DIRECTORY);
      if (isShard()) {
        output.writeBytes(DATA, occupied);
        output.writeUInt64(HASH_TYPE, MURMUR3);
        output.writeUInt64(FANOUT, fanout);
      }
      output.flush();
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
