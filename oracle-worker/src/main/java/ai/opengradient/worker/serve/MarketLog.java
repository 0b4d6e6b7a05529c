package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.MarketEvent;
import ai.opengradient.worker.job.OnChain;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Terms;
import ai.opengradient.worker.journal.JobRecord;
import java.util.Optional;

/** The market's events in the words of the job's state machine. */
final class MarketLog {

  private final ChainFacts chain;

  MarketLog(ChainFacts chain) {
    this.chain = chain;
  }

  /** The job that the event begins. */
  static JobRecord begun(MarketEvent.JobRequested requested, long now) {
    return new JobRecord(
        new Terms(
            requested.job(),
            requested.drawBlock(),
            requested.claimDeadline(),
            requested.lastDeadline()),
        requested.version(),
        requested.binding(),
        requested.requester(),
        requested.maxFee(),
        requested.bond(),
        new State.Drawing(),
        now);
  }

  /**
   * The job that the event begins, completed from the market: unreadable as its inputs are, it may
   * be this worker's to decline.
   */
  JobRecord begun(MarketEvent.UnreadableRequest requested, long now) {
    Job job = chain.job(requested.job());
    return new JobRecord(
        new Terms(job.id(), job.drawBlock(), job.phaseEnd(), job.lastDeadline()),
        job.version(),
        job.binding(),
        job.requester(),
        job.fee(),
        job.bond(),
        new State.Drawing(),
        now);
  }

  /** What the event says of the job; nothing if it changes nothing for its course. */
  Optional<OnChain> fact(MarketEvent event, JobRecord job, long now) {
    return switch (event) {
      case MarketEvent.JobRequested _,
          MarketEvent.UnreadableRequest _,
          MarketEvent.CallbackFailed _,
          MarketEvent.WorkerLate _ ->
          Optional.empty();
      case MarketEvent.JobDeclined declined ->
          Optional.of(new OnChain.Open(chain.isOurs(declined.worker())));
      case MarketEvent.JobLeased leased ->
          Optional.of(new OnChain.Leased(chain.isOurs(leased.worker()), leased.deadline()));
      case MarketEvent.JobClaimed claimed ->
          Optional.of(new OnChain.Claimed(chain.isOurs(claimed.worker()), claimed.windowEnd()));
      case MarketEvent.JobFinalised finalised ->
          Optional.of(new OnChain.Finalised(chain.isOurs(finalised.worker())));
      case MarketEvent.JobExpired _ -> Optional.of(new OnChain.Expired());
      case MarketEvent.JobFrozen _ -> Optional.of(new OnChain.Frozen(isClaimed(job)));
      case MarketEvent.JobReleased _ -> Optional.of(new OnChain.Claimed(isClaimed(job), now));
      case MarketEvent.JobRefuted _ -> Optional.of(new OnChain.Refuted(isClaimed(job)));
    };
  }

  /** What the event pays this worker. */
  Amount earned(MarketEvent event) {
    return event instanceof MarketEvent.JobFinalised finalised && chain.isOurs(finalised.worker())
        ? finalised.workerEarned()
        : Amount.ZERO;
  }

  /**
   * Disputes are about claims: the events don't name the worker, but a job with a claim of ours is
   * ours.
   */
  private static boolean isClaimed(JobRecord job) {
    return job.state() instanceof State.Waiting
        || job.state() instanceof State.Finalising
        || job.state() instanceof State.Frozen;
  }
}
