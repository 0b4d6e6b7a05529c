package ai.opengradient.store.block;

import java.nio.file.Path;

/** What a store keeps when it can't keep everything. */
public interface Retention {
  /** Everything, as long as the disk takes it. */
  Retention UNLIMITED =
      new Retention() {
        @Override
        public void makeRoom(BlockStore store, int length) {}

        @Override
        public void used(Path block) {}
      };

  /**
   * Called before a block that is not there is written.
   *
   * @throws ai.opengradient.store.StoreException.StorageFull if there is no room for it
   */
  void makeRoom(BlockStore store, int length);

  /** Called when a block was read. */
  void used(Path block);
}
