package ai.opengradient.store.unixfs;

import ai.opengradient.store.block.Block;
import ai.opengradient.store.content.ContentId;
import java.util.List;

/** What a block links to, whatever it is: a file, a folder, or neither. */
public final class BlockLinks {
  private BlockLinks() {}

  /**
   * The linked blocks in their order, with repetitions.
   *
   * @throws ai.opengradient.store.StoreException.InvalidFile if the block is not of its codec
   */
  public static List<ContentId> of(Block block) {
    return switch (block.id().codec()) {
      case RAW -> List.of();
      case DAG_PB ->
          DagNode.parse(block.bytes(), block.id()).links().stream()
              .map(DagNode.Link::target)
              .toList();
    };
  }
}
