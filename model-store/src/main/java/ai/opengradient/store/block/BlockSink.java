package ai.opengradient.store.block;

import ai.opengradient.store.content.ContentId;

/** Someone who keeps blocks. */
public interface BlockSink {
  /** Keeps the block. Keeping one twice is keeping it once. */
  void put(Block block);

  /** Marks a root whose whole tree is to be kept; its blocks must be there. */
  void pin(ContentId root);
}
