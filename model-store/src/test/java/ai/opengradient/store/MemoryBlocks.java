package ai.opengradient.store;

import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSink;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Blocks in memory that counts how often it is asked; any thread may ask. */
public final class MemoryBlocks implements BlockSource, BlockSink {
  private final Map<ContentId, Block> blocks = new ConcurrentHashMap<>();
  private final List<ContentId> pins = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();

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
    asked.incrementAndGet();
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
    return asked.get();
  }

  public List<ContentId> pins() {
    return pins;
  }
}
