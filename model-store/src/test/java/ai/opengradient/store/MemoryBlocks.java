package ai.opengradient.store;

import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSink;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Blocks in memory that counts how often it is asked. */
public final class MemoryBlocks implements BlockSource, BlockSink {
  private final Map<ContentId, Block> blocks = new HashMap<>();
  private final List<ContentId> pins = new ArrayList<>();
  private int asked;

  @Override
  public void put(Block block) {
    blocks.put(block.id().asVersion1(), block);
  }

  @Override
  public void pin(ContentId root) {
    pins.add(root);
  }

  @Override
  public Block get(ContentId id) {
    asked++;
    Block block = blocks.get(id.asVersion1());
    if (block == null) {
      throw new StoreException.MissingBlock("memory does not have block " + id);
    }
    return Block.verify(id, block.toByteArray(), name());
  }

  @Override
  public String name() {
    return "memory";
  }

  public int asked() {
    return asked;
  }

  public List<ContentId> pins() {
    return pins;
  }
}
