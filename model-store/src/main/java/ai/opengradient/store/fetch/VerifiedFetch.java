package ai.opengradient.store.fetch;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;

/** Brings files from untrusted sources to disk. */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class VerifiedFetch {
  /**
   * @param sources whom to ask for each block, in this order
   * @param cache the directory that keeps whole files, by their sha-256; created if it is not there
   */
  public VerifiedFetch(List<BlockSource> sources, Path cache) {
    throw new UnsupportedOperationException();
  }

  /**
   * The file on disk: from the cache, or fetched, verified and put there. The path stays valid; the
   * file must not be changed.
   *
   * @throws StoreException if no source gives what the reference names
   */
  public Path fetch(FileReference file, Progress progress) {
    throw new UnsupportedOperationException();
  }

  /**
   * The manifest with this content id.
   *
   * @throws StoreException if no source gives it, or it is not a manifest
   */
  public Manifest manifest(ContentId id) {
    throw new UnsupportedOperationException();
  }
}
