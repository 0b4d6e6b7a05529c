package ai.opengradient.worker.court;

import ai.opengradient.store.fetch.Progress;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.serve.JobTensors;
import ai.opengradient.worker.serve.VersionFile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Brings together what the judgement of a job rests on: from the chain, and from the store. */
public final class Subjects {
  private final MarketReader market;
  private final ModelReader models;
  private final VerifiedFetch fetch;
  private final Map<Long, ModelVersion> versions = new ConcurrentHashMap<>();

  public Subjects(MarketReader market, ModelReader models, VerifiedFetch fetch) {
    this.market = market;
    this.models = models;
    this.fetch = fetch;
  }

  /**
   * The subject of a claimed job.
   *
   * @throws ai.opengradient.worker.chain.ChainException if the chain can't be asked
   * @throws ai.opengradient.store.StoreException if no source gives the model, an input or an
   *     output
   * @throws ai.opengradient.canon.tensor.TensorException if one of these is no valid tensor
   */
  public Subject of(Job job) {
    ModelVersion version = version(job.version());
    return new Subject(
        job,
        version,
        fetch.fetch(VersionFile.of(version, fetch), Progress.NONE),
        JobTensors.resolve(market.request(job).inputs(), fetch),
        JobTensors.resolve(market.result(job).outputs(), fetch));
  }

  /** What the registry fixes of a version. It never changes, so it is read once. */
  public ModelVersion version(long id) {
    return versions.computeIfAbsent(id, unread -> models.version(unread).content());
  }
}
