package ai.opengradient.store.fetch;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the nodes of files that are being fetched, so that they need not be asked for again after a
 * kill. Raw leaves are not kept here: they are in the file itself.
 */
final class NodeKeeper implements BlockSource {
  private final BlockStore nodes;
  private final BlockSource source;
  private final Set<ContentId> kept = ConcurrentHashMap.newKeySet();

  NodeKeeper(BlockStore nodes, BlockSource source) {
    this.nodes = nodes;
    this.source = source;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public Block get(ContentId id) {
    if (id.codec() != Codec.DAG_PB) {
      return source.get(id);
    }
    kept.add(id);
    try {
      return nodes.get(id);
    } catch (StoreException.MissingBlock
        | StoreException.CorruptBlock
        | StoreException.OversizedBlock e) {
      Block block = source.get(id);
      nodes.put(block);
      return block;
    }
  }

  /** Nobody needs them any more. Another process that still does asks for them again. */
  void forget() {
    kept.forEach(nodes::remove);
  }
}
