package ai.opengradient.store.block;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;

/** Someone who may have blocks. */
public interface BlockSource {
  /**
   * The block with this id, verified.
   *
   * @throws StoreException.MissingBlock if it is not there
   * @throws StoreException.CorruptBlock if what is there is something else
   * @throws StoreException.OversizedBlock if what is there is too long
   * @throws StoreException.SourceUnavailable if the source does not answer as it should
   */
  Block get(ContentId id);

  /** What to call the source in messages. */
  String name();

  /** Whether its blocks are on this machine, so that it is asked before others. */
  default boolean isLocal() {
    return false;
  }
}
