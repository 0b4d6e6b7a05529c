package ai.opengradient.worker.serve;

import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.manifest.Manifest;
import ai.opengradient.worker.chain.ModelVersion;

/** Where a version's file is found and what proves that it is the one. */
public final class VersionFile {
  private VersionFile() {}

  /**
   * The place is the manifest's, sha-256 and length are the chain's: where the manifest says
   * otherwise, the chain is right.
   *
   * @throws ai.opengradient.store.StoreException if no source gives the manifest
   */
  public static FileReference of(ModelVersion version, VerifiedFetch fetch) {
    Manifest manifest = fetch.manifest(ContentId.fromBytes(version.manifestBytes()));
    return new FileReference(
        manifest.file().content().cid(), version.fileHash(), version.fileLength());
  }
}
