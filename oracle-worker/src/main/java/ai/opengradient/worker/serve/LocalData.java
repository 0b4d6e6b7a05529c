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
import java.util.function.Consumer;

/** Puts a tensor's data where others find them, instead of on chain. */
public final class LocalData {
  private LocalData() {}

  /**
   * Adds the data to the local store, pinned; {@code opg store serve} gives them to others.
   *
   * @throws StoreException.StorageFailed if they can't be written
   */
  public static JobTensor.ByReference add(BlockStore store, Tensor tensor) {
    return write(store, tensor, store::pin);
  }

  /**
   * Adds the data to the local store, held until the holder releases them.
   *
   * @throws StoreException.StorageFailed if they can't be written
   */
  static JobTensor.ByReference hold(BlockStore store, String holder, Tensor tensor) {
    return write(store, tensor, root -> store.hold(holder, root));
  }

  private static JobTensor.ByReference write(
      BlockStore store, Tensor tensor, Consumer<ContentId> keep) {
    try {
      ContentId content =
          new UnixFsImporter(store).write(new ByteArrayInputStream(tensor.toByteArray())).root();
      keep.accept(content);
      return new JobTensor.ByReference(
          tensor.type(),
          TensorTree.root(tensor.bytes()),
          HexFormat.of().formatHex(content.bytes()));
    } catch (IOException e) {
      throw new StoreException.StorageFailed("the data of a tensor can't be added: " + e, e);
    }
  }
}
