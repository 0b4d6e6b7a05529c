package ai.opengradient.store.manifest;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;

/**
 * Where a file is found and what proves that it is the one. One file has several content ids; it
 * has one sha-256.
 *
 * @param cid the root of the file's blocks
 * @param sha256 of all its bytes
 * @param length bytes, at least 1
 */
public record FileReference(ContentId cid, Hash sha256, long length) {
  /**
   * @throws StoreException.InvalidManifest if the length is below 1
   */
  public FileReference {
    if (length < 1) {
      throw new StoreException.InvalidManifest("a file has at least 1 byte, not " + length);
    }
  }
}
