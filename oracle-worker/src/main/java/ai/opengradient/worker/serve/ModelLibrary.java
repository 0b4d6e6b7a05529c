package ai.opengradient.worker.serve;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.fetch.Progress;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.ModelVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The models of jobs: what the registry fixes of them, and their files. */
public final class ModelLibrary {

  private final ModelReader registry;
  private final VerifiedFetch fetch;
  private final Map<Long, ModelVersion> versions = new ConcurrentHashMap<>();
  private final Map<Long, FileReference> files = new ConcurrentHashMap<>();

  public ModelLibrary(ModelReader registry, VerifiedFetch fetch) {
    this.registry = registry;
    this.fetch = fetch;
  }

  /**
   * What the registry fixes of a version. It never changes, so it is read once.
   *
   * @throws ChainException if the chain can't be asked
   */
  public ModelVersion version(long version) {
    return versions.computeIfAbsent(version, id -> registry.version(id).content());
  }

  /**
   * The version's file on disk, with the sha-256 and the length that the chain has. Where the
   * manifest says otherwise, the chain is right.
   *
   * @throws StoreException if no source gives it
   * @throws ChainException if the chain can't be asked
   */
  public Path file(long version) {
    return fetch.fetch(files.computeIfAbsent(version, this::reference), Progress.NONE);
  }

  /**
   * A job's inputs or outputs, with their data.
   *
   * @throws StoreException if no source has what one of them refers to
   * @throws ai.opengradient.canon.tensor.TensorException if the data are no valid tensor
   */
  public List<Tensor> tensors(List<JobTensor> given) {
    return JobTensors.resolve(given, fetch);
  }

  private FileReference reference(long version) {
    return VersionFile.of(version(version), fetch);
  }
}
