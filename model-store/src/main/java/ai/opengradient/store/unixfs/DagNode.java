package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dag-pb node: links to other blocks and data.
 *
 * <p>Source: the specification of the codec dag-pb (ipld.io), with messages PBNode and PBLink.
 */
record DagNode(List<Link> links, ByteString data) {
  private static final int NODE_DATA = 1;
  private static final int NODE_LINKS = 2;
  private static final int LINK_HASH = 1;
  private static final int LINK_NAME = 2;
  private static final int LINK_TREE_SIZE = 3;

  /**
   * @param target the block that is linked
   * @param name what a directory calls it; pieces of files have none
   * @param treeSize the bytes of all blocks below the link together, as the writer states them
   */
  record Link(ContentId target, String name, long treeSize) {
    Link(ContentId target, long treeSize) {
      this(target, "", treeSize);
    }
  }

  DagNode {
    links = List.copyOf(links);
  }

  static DagNode parse(ByteBuffer block, ContentId id) {
    try {
      return parse(CodedInputStream.newInstance(block), id);
    } catch (IOException e) {
      throw new StoreException.InvalidFile("block " + id + " is not dag-pb: " + e.getMessage());
    } catch (StoreException.InvalidContentId e) {
      throw new StoreException.InvalidFile("block " + id + " has a broken link: " + e.getMessage());
    }
  }

  private static DagNode parse(CodedInputStream input, ContentId id) throws IOException {
    List<Link> links = new ArrayList<>();
    @Nullable ByteString data = null;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      requireLengthDelimited(tag, id);
      switch (WireFormat.getTagFieldNumber(tag)) {
        case NODE_LINKS -> links.add(parseLink(input.readBytes().newCodedInput(), id));
        case NODE_DATA -> {
          if (data != null) {
            throw new StoreException.InvalidFile(
                "block " + id + " is not dag-pb: it has data twice");
          }
          data = input.readBytes();
        }
        default -> throw unknownField(tag, id);
      }
    }
    return new DagNode(links, data == null ? ByteString.EMPTY : data);
  }

  private static Link parseLink(CodedInputStream input, ContentId id) throws IOException {
    @Nullable ContentId target = null;
    String name = "";
    long treeSize = 0;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case LINK_HASH -> {
          requireLengthDelimited(tag, id);
          target = ContentId.fromBytes(input.readByteArray());
        }
        case LINK_NAME -> {
          requireLengthDelimited(tag, id);
          name = input.readStringRequireUtf8();
        }
        case LINK_TREE_SIZE -> treeSize = input.readUInt64();
        default -> throw unknownField(tag, id);
      }
    }
    if (target == null) {
      throw new StoreException.InvalidFile("block " + id + " has a link to nothing");
    }
    return new Link(target, name, treeSize);
  }

  /** The one form that the codec allows a writer: links first, each with a name, then data. */
  byte[] toByteArray() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    try {
      for (Link link : links) {
        output.writeByteArray(NODE_LINKS, linkBytes(link));
      }
      output.writeBytes(NODE_DATA, data);
      output.flush();
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] linkBytes(Link link) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    output.writeByteArray(LINK_HASH, link.target().bytes());
    output.writeString(LINK_NAME, link.name());
    output.writeUInt64(LINK_TREE_SIZE, link.treeSize());
    output.flush();
    return bytes.toByteArray();
  }

  private static void requireLengthDelimited(int tag, ContentId id) {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      throw unknownField(tag, id);
    }
  }

  private static StoreException.InvalidFile unknownField(int tag, ContentId id) {
    return new StoreException.InvalidFile(
        "block "
            + id
            + " is not dag-pb: it has a field "
            + WireFormat.getTagFieldNumber(tag)
            + " of wire type "
            + WireFormat.getTagWireType(tag));
  }
}
