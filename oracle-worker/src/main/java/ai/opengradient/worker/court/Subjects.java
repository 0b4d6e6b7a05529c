package ai.opengradient.worker.court;

import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.serve.ModelLibrary;

/** Brings together what the judgement of a job rests on: from the chain, and from the store. */
public final class Subjects {
  private final MarketReader market;
  private final ModelLibrary models;

  public Subjects(MarketReader market, ModelReader models, VerifiedFetch fetch) {
    this.market = market;
    this.models = new ModelLibrary(models, fetch);
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
    return new Subject(
        job,
        models.version(job.version()),
        models.file(job.version()),
        models.tensors(market.request(job).inputs()),
        models.tensors(market.result(job).outputs()));
  }

  /** What the registry fixes of a version. */
  public ModelVersion version(long id) {
    return models.version(id);
  }
}
