package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Visits the blocks of trees, whatever they are: each block once, parents before children, children
 * in their order. Blocks that ids hold in themselves are followed but not visited.
 */
public final class BlockWalk {
  /** As many as a file of a terabyte has. */
  private static final int MAXIMUM_BLOCKS = 1 << 20;

  private static final int MAXIMUM_DEPTH = 1 << 10;

  private final BlockSource source;
  private final Consumer<Block> visitor;
  private final Set<ContentId> seen = new HashSet<>();

  /**
   * @param visitor told of each block
   */
  public BlockWalk(BlockSource source, Consumer<Block> visitor) {
    this.source = source;
    this.visitor = visitor;
  }

  /**
   * Visits what can be reached from a root and was not visited before.
   *
   * @throws StoreException if the source does not give a block
   * @throws StoreException.InvalidFile if a node's links can't be read
   * @throws StoreException.LimitExceeded if there are more blocks, or deeper ones, than are visited
   */
  public void from(ContentId root) {
    Deque<Iterator<ContentId>> open = new ArrayDeque<>();
    open.push(List.of(root).iterator());
    while (!open.isEmpty()) {
      if (!open.peek().hasNext()) {
        open.pop();
        continue;
      }
      List<ContentId> children = visit(open.peek().next());
      if (children.isEmpty()) {
        continue;
      }
      if (open.size() == MAXIMUM_DEPTH) {
        throw new StoreException.LimitExceeded(
            "the blocks below " + root + " are deeper than " + MAXIMUM_DEPTH + " levels");
      }
      open.push(children.iterator());
    }
  }

  /** Visits a block of the caller's that a walk is to pass by. */
  public void visit(Block block) {
    if (seen.add(block.id().asVersion1()) && !block.id().isIdentity()) {
      visitor.accept(block);
    }
  }

  private List<ContentId> visit(ContentId id) {
    if (!seen.add(id.asVersion1())) {
      return List.of();
    }
    if (seen.size() > MAXIMUM_BLOCKS) {
      throw new StoreException.LimitExceeded("there are more than " + MAXIMUM_BLOCKS + " blocks");
    }
    if (id.isIdentity()) {
      return BlockLinks.of(Block.inline(id));
    }
    Block block = source.get(id);
    visitor.accept(block);
    return BlockLinks.of(block);
  }
}
