package ai.opengradient.store.car;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.BlockWalk;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Takes the blocks of an archive into a store. A block is kept as soon as it was checked, so an
 * archive that turns out to be damaged leaves sound blocks behind, but no pin.
 */
public final class CarImport {
  private final BlockStore store;

  public CarImport(BlockStore store) {
    this.store = store;
  }

  /**
   * Takes all blocks, without a pin.
   *
   * @param origin what to call the archive in messages
   * @throws StoreException.InvalidArchive if it is not a CARv1, or was cut off
   * @throws StoreException.CorruptBlock if a block is not what its id says
   * @throws IOException if the stream fails
   */
  public ImportedArchive write(InputStream archive, String origin) throws IOException {
    CarReader reader = CarReader.open(archive, origin);
    long blocks = 0;
    long length = 0;
    for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
      store.put(next.get());
      blocks++;
      length += next.get().length();
    }
    return new ImportedArchive(reader.roots(), blocks, length);
  }

  /**
   * Takes all blocks and pins the roots.
   *
   * @throws StoreException.InvalidArchive if it states no root, or as {@link #write} does
   * @throws StoreException.MissingBlock if a root's tree is not whole, with the store's other
   *     blocks counted
   * @throws IOException if the stream fails
   */
  public ImportedArchive add(InputStream archive, String origin) throws IOException {
    ImportedArchive imported = write(archive, origin);
    if (imported.roots().isEmpty()) {
      throw new StoreException.InvalidArchive(
          origin
              + " states no roots, so nothing says what to keep; its blocks are in the store, without a pin");
    }
    for (ContentId root : imported.roots()) {
      new BlockWalk(store, _ -> {}).from(root);
    }
    imported.roots().forEach(store::pin);
    return imported;
  }
}
