package ai.opengradient.worker.serve;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.fetch.Progress;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.ModelVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/** The models of jobs: what the registry fixes of them, and their files. */
public final class ModelLibrary {

  private final ModelReader registry;
  private final VerifiedFetch fetch;
  private final Set<Long> served;
  private final LongFunction<Progress> progress;
  private final Map<Long, ModelVersion> versions = new ConcurrentHashMap<>();
  private final Map<Long, VersionFile> files = new ConcurrentHashMap<>();

  /** For now and then a model, of which nobody wants to know how far its fetch is. */
  public ModelLibrary(ModelReader registry, VerifiedFetch fetch) {
    this(registry, fetch, Set.of(), version -> Progress.NONE);
  }

  /**
   * @param served the versions whose files stay here once they are
   * @param progress is told how far the fetch of a version's file is
   */
  ModelLibrary(
      ModelReader registry,
      VerifiedFetch fetch,
      Set<Long> served,
      LongFunction<Progress> progress) {
    this.registry = registry;
    this.fetch = fetch;
    this.served = Set.copyOf(served);
    this.progress = progress;
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
   * The version's ONNX file on disk, with the sha-256 and the length that the chain has. Where the
   * manifest says otherwise, the chain is right. Files with data of its constants are beside it.
   *
   * @throws StoreException if no source gives it
   * @throws ChainException if the chain can't be asked
   */
  public Path file(long version) {
    VersionFile file = files.computeIfAbsent(version, this::reference);
    if (served.contains(version)) {
      file.pin(fetch);
    }
    return file.fetch(fetch, progress.apply(version));
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

  private VersionFile reference(long version) {
    return VersionFile.of(version(version), fetch);
  }
}
