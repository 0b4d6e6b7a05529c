package ai.opengradient.worker.cli;

import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.UnixFsImporter;
import ai.opengradient.worker.chain.JobInput;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;

/** Puts an input's data where workers find them, instead of into the request. */
final class ReferencedInput {
  private ReferencedInput() {}

  /** Adds the data to the local store, pinned; `opg store serve` gives them to workers. */
  static JobInput add(Opg opg, Tensor tensor) {
    BlockStore store = new BlockStore(opg.store().directory());
    try {
      ContentId content =
          new UnixFsImporter(store).add(new ByteArrayInputStream(tensor.toByteArray())).root();
      return new JobInput.ByReference(
          tensor.type(),
          TensorTree.root(tensor.bytes()),
          HexFormat.of().formatHex(content.bytes()));
    } catch (IOException e) {
      throw new OpgException(ErrorCode.STORE_FAILED, "the input can't be added", e);
    }
  }
}
