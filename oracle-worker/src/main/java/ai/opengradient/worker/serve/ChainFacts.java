package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.Draw;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketParameters;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.Offer;
import ai.opengradient.worker.chain.WorkerReader;
import ai.opengradient.worker.job.Event;
import ai.opengradient.worker.job.OnChain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The chain as this worker sees it. Every question throws {@link ChainException}. */
final class ChainFacts {

  private final Address worker;
  private final MarketReader market;
  private final WorkerReader workers;
  private final Map<Integer, MarketParameters> parameters = new ConcurrentHashMap<>();

  ChainFacts(Address worker, MarketReader market, WorkerReader workers) {
    this.worker = worker;
    this.market = market;
    this.workers = workers;
  }

  Address worker() {
    return worker;
  }

  boolean isOurs(Address other) {
    return other.equals(worker);
  }

  Job job(long id) {
    return market.job(id);
  }

  /** What a job's request gave. */
  List<JobTensor> inputs(long id) {
    return market.request(market.job(id)).inputs();
  }

  /** Whom the draw chose, once that is known. */
  Optional<Event> draw(long id) {
    return switch (market.drawnWorker(id)) {
      case Draw.NotYet _ -> Optional.empty();
      case Draw.NoneFits _, Draw.HashGone _ -> Optional.of(new Event.DrawnForOther());
      case Draw.Drawn drawn -> {
        if (!isOurs(drawn.worker())) {
          yield Optional.of(new Event.DrawnForOther());
        }
        Job job = market.job(id);
        yield Optional.of(
            new Event.DrawnForUs(job.requestedAt() + parametersOf(job).declinePeriod()));
      }
    };
  }

  /** How the job stands. */
  OnChain standing(long id) {
    Job job;
    try {
      job = market.job(id);
    } catch (ChainException.CallRefused refused) {
      if (refused.error().name().equals("UnknownJob")) {
        return new OnChain.Unknown();
      }
      throw refused;
    }
    boolean ours = isOurs(job.worker());
    return switch (job.state()) {
      case NONE -> new OnChain.Unknown();
      case REQUESTED -> new OnChain.Requested();
      case OPEN ->
          new OnChain.Open(
              market.drawnWorker(id) instanceof Draw.Drawn drawn && isOurs(drawn.worker()));
      case LEASED -> new OnChain.Leased(ours, job.phaseEnd());
      case CLAIMED -> new OnChain.Claimed(ours, job.phaseEnd());
      case FROZEN -> new OnChain.Frozen(ours);
      case FINALISED -> new OnChain.Finalised(ours);
      case EXPIRED -> new OnChain.Expired();
      case REFUTED -> new OnChain.Refuted(ours);
    };
  }

  /** The parameters that hold for a job. A set never changes, so it is read once. */
  MarketParameters parametersOf(Job job) {
    return parameters.computeIfAbsent(job.parameters(), market::parameters);
  }

  /** What the worker's offer for the version asks, if it has one. */
  Optional<Amount> price(long version) {
    return workers.offer(version, worker).map(Offer::price);
  }

  Amount freeStake() {
    return workers.freeStake(worker);
  }
}
