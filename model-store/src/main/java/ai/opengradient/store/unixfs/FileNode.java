package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The UnixFS data of a dag-pb node that is a file or a piece of one.
 *
 * <p>Source: the UnixFS specification (specs.ipfs.tech), message Data.
 *
 * @param data the file's bytes that the node itself holds, before its children's
 * @param childLengths the file's bytes below each link, in the order of the links
 */
record FileNode(ByteString data, List<Long> childLengths) {
  private static final int TYPE = 1;
  private static final int DATA = 2;
  private static final int FILE_SIZE = 3;
  private static final int BLOCK_SIZES = 4;

  private static final int TYPE_RAW = 0;
  private static final int TYPE_FILE = 2;
  private static final List<String> TYPE_NAMES =
      List.of("raw", "directory", "file", "metadata", "symbolic link", "sharded directory");

  FileNode {
    childLengths = List.copyOf(childLengths);
  }

  /** The file's bytes in the node and below it. */
  long length() {
    long length = data.size();
    for (long child : childLengths) {
      length = Math.addExact(length, child);
    }
    return length;
  }

  static FileNode parse(ByteString bytes, ContentId id) {
    try {
      return parse(bytes.newCodedInput(), id);
    } catch (IOException e) {
      throw new StoreException.InvalidFile("block " + id + " is not UnixFS: " + e.getMessage());
    } catch (ArithmeticException e) {
      throw new StoreException.InvalidFile("block " + id + " states sizes that nothing can have");
    }
  }

  private static FileNode parse(CodedInputStream input, ContentId id) throws IOException {
    long type = -1;
    long stated = -1;
    ByteString data = ByteString.EMPTY;
    List<Long> childLengths = new ArrayList<>();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (tag) {
        case TYPE << 3 | WireFormat.WIRETYPE_VARINT -> type = input.readUInt64();
        case DATA << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> data = input.readBytes();
        case FILE_SIZE << 3 | WireFormat.WIRETYPE_VARINT -> stated = readSize(input);
        case BLOCK_SIZES << 3 | WireFormat.WIRETYPE_VARINT -> childLengths.add(readSize(input));
        case BLOCK_SIZES << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          CodedInputStream packed = input.readBytes().newCodedInput();
          while (!packed.isAtEnd()) {
            childLengths.add(readSize(packed));
          }
        }
        // Mode, modification time and the fields of directories say nothing about a file's bytes.
        default -> input.skipField(tag);
      }
    }
    if (type != TYPE_FILE && type != TYPE_RAW) {
      String name =
          type >= 0 && type < TYPE_NAMES.size()
              ? TYPE_NAMES.get((int) type)
              : "thing of type " + type;
      throw new StoreException.InvalidFile(
          "block " + id + " is a " + name + ", not a file; give the id of the file itself");
    }
    FileNode node = new FileNode(data, childLengths);
    long length = node.length();
    if (stated >= 0 && stated != length) {
      throw new StoreException.InvalidFile(
          "block " + id + " states " + stated + " bytes, but its parts make " + length);
    }
    return node;
  }

  private static long readSize(CodedInputStream input) throws IOException {
    long size = input.readUInt64();
    if (size < 0) {
      throw new ArithmeticException("a size of 2^63 or more");
    }
    return size;
  }

  /** A node of type file without data of its own. */
  ByteString toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    try {
      output.writeUInt64(TYPE, TYPE_FILE);
      output.writeUInt64(FILE_SIZE, length());
      for (long child : childLengths) {
        output.writeUInt64(BLOCK_SIZES, child);
      }
      output.flush();
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
