package ai.opengradient.worker.serve;

import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.UnixFsImporter;
import ai.opengradient.worker.chain.JobTensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;

/** Puts a tensor's data where others find them, instead of on chain. */
public final class LocalData {
  private LocalData() {}

  /**
   * Adds the data to the local store, pinned; {@code opg store serve} gives them to others.
   *
   * @throws StoreException.StorageFailed if they can't be written
   */
  public static JobTensor.ByReference add(BlockStore store, Tensor tensor) {
    try {
      ContentId content =
          new UnixFsImporter(store).add(new ByteArrayInputStream(tensor.toByteArray())).root();
      return new JobTensor.ByReference(
          tensor.type(),
          TensorTree.root(tensor.bytes()),
          HexFormat.of().formatHex(content.bytes()));
    } catch (IOException e) {
      throw new StoreException.StorageFailed("the data of a tensor can't be added: " + e, e);
    }
  }
}
