package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Reads files of any UnixFS shape: ids of version 0 and 1, raw and wrapped leaves, balanced, flat
 * and trickle trees, data in inner nodes. A tree must have the sizes that it states, at every
 * level; one that promises more than the limits is refused at its root.
 */
public final class UnixFsReader {
  private final BlockSource source;
  private final Limits limits;
  private final int ahead;

  /** Reads block after block on the calling thread. */
  public UnixFsReader(BlockSource source, Limits limits) {
    this(source, limits, 0);
  }

  /**
   * @param source asked from several threads if something is asked for ahead
   * @param ahead how many blocks to ask for before they are needed
   */
  public UnixFsReader(BlockSource source, Limits limits, int ahead) {
    this.source = source;
    this.limits = limits;
    this.ahead = ahead;
  }

  /**
   * Gives the file's bytes to the sink, from the first to the last, in pieces of at most a block.
   *
   * @return how many there were
   * @throws StoreException.InvalidFile if the blocks are not a file or contradict each other
   * @throws StoreException.LimitExceeded if the file is too long, too deep, too wide or in too many
   *     blocks
   */
  public long read(ContentId root, Consumer<ByteBuffer> sink) {
    return read(root, KeptLeaves.NONE, sink::accept);
  }

  /**
   * The same with leaves that need not be asked for.
   *
   * @throws StoreException as above
   */
  public long read(ContentId root, KeptLeaves kept, FileSink sink) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        return new FileWalk(source, limits, ahead, kept, sink, threads).from(root);
      } finally {
        // After a failure nobody waits for what was asked for ahead.
        threads.shutdownNow();
      }
    }
  }

  /**
   * How many bytes a file states to have; only its root is looked at.
   *
   * @throws StoreException.InvalidFile if the block is not a file's
   */
  public long length(ContentId root) {
    return FilePiece.of(root.isIdentity() ? Block.inline(root) : source.get(root)).length();
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
}
