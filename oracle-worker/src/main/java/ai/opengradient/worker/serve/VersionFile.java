package ai.opengradient.worker.serve;

import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.fetch.Progress;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.manifest.Manifest;
import ai.opengradient.store.manifest.ModelFile;
import ai.opengradient.worker.chain.ModelVersion;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a version's files are found and what proves that they are the ones.
 *
 * @param file the ONNX file
 * @param data files beside it with data of its constants, often none
 */
public record VersionFile(ModelFile file, List<ModelFile> data) {
  public VersionFile {
    data = List.copyOf(data);
  }

  /**
   * The place is the manifest's, sha-256 and length of the ONNX file are the chain's: where the
   * manifest says otherwise, the chain is right. Those of the other files are the manifest's, whose
   * content id is the chain's.
   *
   * @throws ai.opengradient.store.StoreException if no source gives the manifest
   */
  public static VersionFile of(ModelVersion version, VerifiedFetch fetch) {
    Manifest manifest = fetch.manifest(ContentId.fromBytes(version.manifestBytes()));
    FileReference content =
        new FileReference(
            manifest.file().content().cid(), version.fileHash(), version.fileLength());
    return new VersionFile(new ModelFile(manifest.file().name(), content), manifest.data());
  }

  /**
   * The ONNX file on disk, with the others beside it.
   *
   * @throws ai.opengradient.store.StoreException if no source gives one of them
   */
  public Path fetch(VerifiedFetch fetch, Progress progress) {
    return fetch.model(file, data, progress);
  }

  /** Keeps the files, from now on until this process ends. */
  void pin(VerifiedFetch fetch) {
    fetch.pinModel(file, data);
  }
}
