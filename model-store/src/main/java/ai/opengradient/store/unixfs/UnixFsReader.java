package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads files of any UnixFS shape: ids of version 0 and 1, raw and wrapped leaves, balanced, flat
 * and trickle trees, data in inner nodes. A tree must have the sizes that it states, at every
 * level; one that promises more than the limits is refused at its root.
 */
public final class UnixFsReader {
  private final BlockSource source;
  private final Limits limits;

  public UnixFsReader(BlockSource source, Limits limits) {
    this.source = source;
    this.limits = limits;
  }

  /**
   * Gives the file's bytes to the sink, from the first to the last, in pieces of at most a block.
   *
   * @return how many there were
   * @throws StoreException.InvalidFile if the blocks are not a file or contradict each other
   * @throws StoreException.LimitExceeded if the file is too long, too deep or in too many blocks
   */
  public long read(ContentId root, Consumer<ByteBuffer> sink) {
    return new Reading(sink).root(root);
  }

  /**
   * A sink that appends to a channel.
   *
   * @return throws {@link UncheckedIOException} if the channel can't be written
   */
  public static Consumer<ByteBuffer> appendingTo(WritableByteChannel channel) {
    return piece -> {
      try {
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** One reading of one file. */
  private final class Reading {
    private final Consumer<ByteBuffer> sink;
    private int blocks;

    Reading(Consumer<ByteBuffer> sink) {
      this.sink = sink;
    }

    long root(ContentId id) {
      Piece piece = load(id);
      if (piece.length() > limits.length()) {
        throw new StoreException.LimitExceeded(
            "file " + id + " has " + piece.length() + " bytes; the limit is " + limits.length());
      }
      emit(id, piece, 0);
      return piece.length();
    }

    private void emit(ContentId id, Piece piece, int depth) {
      if (piece.data().hasRemaining()) {
        sink.accept(piece.data());
      }
      if (piece.children().isEmpty()) {
        return;
      }
      if (depth >= limits.depth()) {
        throw new StoreException.LimitExceeded(
            "the file's tree is deeper than " + limits.depth() + " levels at " + id);
      }
      for (int index = 0; index < piece.children().size(); index++) {
        ContentId child = piece.children().get(index).target();
        long expected = piece.childLengths().get(index);
        if (expected == 0) {
          throw new StoreException.InvalidFile("block " + id + " links to a piece of zero bytes");
        }
        Piece part = load(child);
        if (part.length() != expected) {
          throw new StoreException.InvalidFile(
              "block "
                  + child
                  + " has "
                  + part.length()
                  + " bytes of the file, but "
                  + id
                  + " promises "
                  + expected);
        }
        emit(child, part, depth + 1);
      }
    }

    private Piece load(ContentId id) {
      blocks++;
      if (blocks > limits.blocks()) {
        throw new StoreException.LimitExceeded(
            "the file has more than " + limits.blocks() + " blocks");
      }
      Block block = id.isIdentity() ? Block.inline(id) : source.get(id);
      return switch (id.codec()) {
        case RAW -> Piece.leaf(block);
        case DAG_PB -> Piece.node(block);
      };
    }
  }

  /**
   * A block as a piece of a file.
   *
   * @param data the file's bytes in the block itself
   * @param children the blocks that hold the bytes after these
   * @param childLengths how many bytes each of them holds, with all below it
   * @param length the bytes of all together
   */
  private record Piece(
      ByteBuffer data, List<DagNode.Link> children, List<Long> childLengths, long length) {
    static Piece leaf(Block block) {
      return new Piece(block.bytes(), List.of(), List.of(), block.length());
    }

    static Piece node(Block block) {
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
      return new Piece(
          file.data().asReadOnlyByteBuffer(), node.links(), file.childLengths(), file.length());
    }
  }
}
