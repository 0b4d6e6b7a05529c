package ai.opengradient.store.car;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.BlockWalk;
import ai.opengradient.store.unixfs.ContentPath;
import ai.opengradient.store.unixfs.DirectoryReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts trees of blocks into an archive: parents first, each block once. */
public final class CarExport {
  private final BlockSource source;

  public CarExport(BlockSource source) {
    this.source = source;
  }

  /** How much of what a path leads to goes into an archive. */
  public enum Scope {
    /** Its first block alone. */
    BLOCK,
    /** All of a file, but only the names of a directory. */
    ENTITY,
    /** All of it. */
    ALL
  }

  /**
   * Exports a whole tree.
   *
   * @param sink takes the archive's bytes in order
   * @throws StoreException if the source does not give a block; the archive is not whole then
   */
  public void write(ContentId root, Consumer<ByteBuffer> sink) {
    new BlockWalk(source, new CarWriter(List.of(root), sink)).from(root);
  }

  /**
   * Exports what a path leads to, with the blocks that prove that it leads there.
   *
   * @throws StoreException if the source does not give a block; nothing was written if it is one on
   *     the way
   */
  public void write(ContentPath path, Scope scope, Consumer<ByteBuffer> sink) {
    DirectoryReader directories = new DirectoryReader(source);
    List<Block> way = new ArrayList<>();
    ContentId end = directories.resolve(path, way::add);
    Block last = end.isIdentity() ? Block.inline(end) : source.get(end);
    BlockWalk walk = new BlockWalk(source, new CarWriter(List.of(end), sink));
    way.forEach(walk::visit);
    switch (scope) {
      case BLOCK -> walk.visit(last);
      case ENTITY -> {
        if (directories.isDirectory(end)) {
          directories.list(end, walk::visit);
        } else {
          walk.from(end);
        }
      }
      case ALL -> walk.from(end);
    }
  }
}
