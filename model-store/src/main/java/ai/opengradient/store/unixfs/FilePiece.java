package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A block as a piece of a file.
 *
 * @param data the file's bytes in the block itself
 * @param children the blocks that hold the bytes after these
 * @param childLengths how many bytes each of them holds, with all below it
 * @param length the bytes of all together
 */
record FilePiece(
    ByteBuffer data, List<DagNode.Link> children, List<Long> childLengths, long length) {
  /** Writers use some hundred links or 1,024; a block full of them on every level fills a heap. */
  private static final int MOST_CHILDREN = 8_192;

  static FilePiece of(Block block) {
    return switch (block.id().codec()) {
      case RAW -> new FilePiece(block.bytes(), List.of(), List.of(), block.length());
      case DAG_PB -> node(block);
    };
  }

  private static FilePiece node(Block block) {
    DagNode node = DagNode.parse(block.bytes(), block.id());
    FileNode file = FileNode.parse(node.data(), block.id());
    if (node.links().size() != file.childLengths().size()) {
      throw new StoreException.InvalidFile(
          "block "
              + block.id()
              + " has "
              + node.links().size()
              + " links and "
              + file.childLengths().size()
              + " sizes");
    }
    if (node.links().size() > MOST_CHILDREN) {
      throw new StoreException.LimitExceeded(
          "block "
              + block.id()
              + " has "
              + node.links().size()
              + " links; the limit is "
              + MOST_CHILDREN);
    }
    return new FilePiece(
        file.data().asReadOnlyByteBuffer(), node.links(), file.childLengths(), file.length());
  }
}
