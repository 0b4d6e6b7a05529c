package ai.opengradient.store.unixfs;

import ai.opengradient.store.block.Block;
import ai.opengradient.store.content.ContentId;
import java.util.Optional;

/** Leaves of a file that are here already, from an earlier try to write it, say. */
@FunctionalInterface
public interface KeptLeaves {
  /** Nothing is here yet. */
  KeptLeaves NONE = (leaf, offset, length) -> Optional.empty();

  /**
   * The leaf, verified, if it is here. Called from the thread that reads the file.
   *
   * @param offset of the leaf's first byte in the file
   * @param length the leaf's bytes, as its parent states them
   */
  Optional<Block> find(ContentId leaf, long offset, long length);
}
