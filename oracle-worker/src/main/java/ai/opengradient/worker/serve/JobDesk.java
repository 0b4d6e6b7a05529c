package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.LogPoller;
import ai.opengradient.worker.chain.LogPoller.Poll;
import ai.opengradient.worker.chain.MarketEvent;
import ai.opengradient.worker.config.LeasePolicy;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.job.Ending;
import ai.opengradient.worker.job.Event;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.journal.JobRecord;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.serve.Moves.Move;
import ai.opengradient.worker.serve.Moves.Wish;
import ai.opengradient.worker.telemetry.WorkerLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Where all jobs are decided. One thread runs {@link #run} and alone changes jobs: first the
 * journal, then what it keeps in memory, then the effects. Other threads only leave messages.
 */
final class JobDesk implements Runnable {

  /** What reaches the desk. */
  private sealed interface Message {

    /** Look at the chain. */
    record Look() implements Message {}

    /** An effect is done. */
    record Found(Wish wish, Finding finding) implements Message {}

    /** A job that had ended is to be tried again, with these inputs. */
    record Retry(long job, List<JobTensor> inputs) implements Message {}

    /** A job is not to be worked on any more. */
    record GiveUp(long job, String reason) implements Message {}
  }

  /** Jobs that a reorganisation may bring back. */
  private static final int TAKEN_BACK = 500;

  private static final String DISK = "disk";
  private static final String DEFECT = "worker";

  private final WorkerConfiguration configuration;
  private final boolean takesOver;
  private final ChainClient node;
  private final LogPoller poller;
  private final ChainFacts chain;
  private final Journal journal;
  private final JobWork work;
  private final Reconciliation reconciliation;
  private final Supplier<OptionalLong> courtDeadline;
  private final OutputHolds holds;
  private final Runnable sendSoon;
  private final Troubles troubles;
  private final WorkerLog log;
  private final WorkerMetrics metrics;

  private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private final AtomicBoolean lookAhead = new AtomicBoolean();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Long, JobRecord> open = new TreeMap<>();
  private final Set<Wish> underway = new HashSet<>();
  private boolean reconciled;
  private boolean released;
  private volatile boolean draining;
  private volatile List<JobRecord> snapshot = List.of();
  private volatile BlockReference newest;

  JobDesk(
      WorkerConfiguration configuration,
      ChainClient node,
      LogPoller poller,
      ChainFacts chain,
      Journal journal,
      JobWork work,
      Reconciliation reconciliation,
      Supplier<OptionalLong> courtDeadline,
      OutputHolds holds,
      Runnable sendSoon,
      Troubles troubles,
      WorkerLog log,
      WorkerMetrics metrics) {
    this.configuration = configuration;
    this.takesOver = configuration.policy().lease() != LeasePolicy.NEVER;
    this.node = node;
    this.poller = poller;
    this.chain = chain;
    this.journal = journal;
    this.work = work;
    this.reconciliation = reconciliation;
    this.courtDeadline = courtDeadline;
    this.holds = holds;
    this.sendSoon = sendSoon;
    this.troubles = troubles;
    this.log = log;
    this.metrics = metrics;
    this.newest = journal.blocks().getFirst();
    journal.openJobs().forEach(job -> open.put(job.id(), job));
    publish();
  }

  /** Has the desk look at the chain soon. Any thread may call it. */
  void look() {
    if (lookAhead.compareAndSet(false, true)) {
      inbox.add(new Message.Look());
    }
  }

  /** Takes no more jobs from now on. Any thread may call it. */
  void drain() {
    if (!draining) {
      draining = true;
      log.draining(snapshot.size());
    }
  }

  /** Tries a job again that has ended without an answer. Any thread may call it. */
  void tryAgain(long job, List<JobTensor> inputs) {
    inbox.add(new Message.Retry(job, inputs));
  }

  /** Works on a job no more. Any thread may call it. */
  void leave(long job, String reason) {
    inbox.add(new Message.GiveUp(job, reason));
  }

  /** The open jobs at this moment. Any thread may call it. */
  List<JobRecord> openJobs() {
    return snapshot;
  }

  /** What is due first. Any thread may call it. */
  Optional<Obligation> nextObligation() {
    return Obligation.next(snapshot, courtDeadline.get(), newest.timestamp());
  }

  /** The newest block seen. Any thread may call it. */
  BlockReference newestBlock() {
    return newest;
  }

  boolean isDraining() {
    return draining;
  }

  /** Works until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        handle(inbox.take());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      workers.shutdownNow();
      workers.close();
    }
  }

  private void handle(Message message) {
    try {
      switch (message) {
        case Message.Look _ -> {
          lookAhead.set(false);
          lookAtChain();
        }
        case Message.Found found -> take(found.wish(), found.finding());
        case Message.Retry retry -> retry(retry.job(), retry.inputs());
        case Message.GiveUp giveUp -> giveUp(giveUp.job(), giveUp.reason());
      }
    } catch (ChainException failure) {
      troubles.report("chain", Optional.of(String.valueOf(failure.getMessage())));
    } catch (JournalException.NotWritten failure) {
      troubles.report(DISK, Optional.of(String.valueOf(failure.getMessage())));
    } catch (RuntimeException failure) {
      log.defect("the desk", failure);
      troubles.report(DEFECT, Optional.of(failure.toString()));
    }
  }

  private void lookAtChain() {
    if (troubles.isHalted()) {
      return;
    }
    troubles.report("inference", work.obstacle());
    boolean behind = true;
    while (behind && !troubles.isHalted()) {
      Poll poll = poller.poll(journal.blocks());
      if (poll instanceof Poll.Behind late) {
        tellBehind(late.newest());
        return;
      }
      // Only once the node is known to have come as far as the journal.
      if (!reconciled && !reconcile()) {
        return;
      }
      behind =
          switch (poll) {
            case Poll.UpToDate upToDate -> {
              tick(upToDate.newest());
              releaseOnce();
              yield false;
            }
            case Poll.Batch batch -> {
              accept(batch);
              yield true;
            }
            case Poll.Withheld withheld -> {
              log.withheld(withheld.events().size());
              accept(new Poll.Batch(withheld.cursor(), withheld.events(), withheld.newest()));
              // What comes late may be of the past: the chain says how the jobs stand now.
              observeAll(node.newestBlock(), Optional.empty());
              yield true;
            }
            case Poll.Behind _ -> false;
            case Poll.Reorganised reorganised -> {
              log.reorganised(reorganised.ancestor().number(), reorganised.ancestor().hash());
              observeAll(node.newestBlock(), Optional.of(reorganised.ancestor()));
              yield true;
            }
            case Poll.ReorganisedBeyondMemory beyond -> {
              troubles.halt(
                  "chain",
                  "rewritten below block "
                      + beyond.oldestRemembered().number()
                      + ", which counted as final; find out why, then move the journal away and start with --reconcile");
              yield true;
            }
          };
    }
    if (!troubles.isHalted()) {
      troubles.report("chain", Optional.empty());
      // What could not be done is tried at every look, so it went well this time.
      troubles.report(DISK, Optional.empty());
      troubles.report(DEFECT, Optional.empty());
    }
  }

  /** Compares journal and jobs with the chain; what comes before that is not to be trusted. */
  private boolean reconcile() {
    Optional<String> obstacle = reconciliation.reconcile();
    troubles.report("journal", obstacle);
    if (obstacle.isPresent()) {
      return false;
    }
    observeAll(node.newestBlock(), Optional.empty());
    reconciled = true;
    return true;
  }

  private void tellBehind(BlockReference head) {
    troubles.report(
        "chain",
        Optional.of(
            "the node is at block "
                + head.number()
                + ", behind block "
                + journal.blocks().getFirst().number()
                + ", which was read already; wait until it has caught up"));
  }

  /**
   * Not before all is read: a journal that is new or was restored learns of open jobs only then.
   */
  private void releaseOnce() {
    if (!released) {
      holds.releaseAllBut(open.keySet());
      released = true;
    }
  }

  /**
   * The chain is truth, the journal only intent: every open job is compared with the chain before
   * anything is done about it.
   */
  private void observeAll(BlockReference head, Optional<BlockReference> cursor) {
    newest = head;
    Moves moves = new Moves(takesOver);
    for (JobRecord job : open.values()) {
      moves.step(
          job, new Event.Observed(chain.standing(job.id()), head.timestamp()), head.timestamp());
    }
    cursor.ifPresent(ancestor -> takeBack(moves, ancestor, head));
    commit(moves, cursor);
  }

  /** Jobs that ended in blocks that are no more may not have ended. */
  private void takeBack(Moves moves, BlockReference ancestor, BlockReference head) {
    for (JobRecord job : journal.newestJobs(TAKEN_BACK)) {
      if (!job.isOpen() && job.changedAt() >= ancestor.timestamp()) {
        moves.takeBack(
            job, new Event.TakenBack(chain.standing(job.id()), head.timestamp()), head.timestamp());
      }
    }
  }

  private void accept(Poll.Batch batch) {
    Optional<Long> foreign = claimOfAnother(batch);
    if (foreign.isPresent()) {
      troubles.halt(
          "key",
          "job "
              + foreign.get()
              + " was claimed with this worker's key, but not by this worker: another process has the key."
              + " Stop that one, or move to a new key; then start with --reconcile");
      return;
    }
    long now = batch.to().timestamp();
    MarketLog market = new MarketLog(chain);
    Moves moves = new Moves(takesOver);
    for (MarketEvent event : batch.events()) {
      Optional<JobRecord> known = moves.moved(event.job()).or(() -> find(event.job()));
      switch (event) {
        case MarketEvent.JobRequested requested ->
            begin(moves, known, MarketLog.begun(requested, now), requested.inputs());
        case MarketEvent.UnreadableRequest requested ->
            begin(moves, known, market.begun(requested, now), List.of());
        case MarketEvent.JobDeclined _,
            MarketEvent.JobLeased _,
            MarketEvent.JobClaimed _,
            MarketEvent.JobFinalised _,
            MarketEvent.JobExpired _,
            MarketEvent.JobFrozen _,
            MarketEvent.JobReleased _,
            MarketEvent.JobRefuted _,
            MarketEvent.CallbackFailed _,
            MarketEvent.WorkerLate _ -> {
          // A payment that a reorganisation has mined again is one.
          Amount earned =
              known.filter(JobDesk::isPaymentTold).isPresent() ? Amount.ZERO : market.earned(event);
          known.ifPresent(job ->
              market
                  .fact(event, job, now)
                  .ifPresent(fact -> moves.step(job, new Event.Logged(fact, now), now)));
          if (!earned.equals(Amount.ZERO)) {
            moves.earn(earned.units());
            moves.paid(event.job(), earned, now);
            log.jobPaid(event.job(), earned);
          }
        }
      }
    }
    commit(moves, Optional.of(batch.to()));
  }

  /** A job that this worker's account has claimed, and this worker has not. */
  private Optional<Long> claimOfAnother(Poll.Batch batch) {
    return batch.events().stream()
        .filter(MarketEvent.JobClaimed.class::isInstance)
        .map(MarketEvent.JobClaimed.class::cast)
        .filter(claimed -> chain.isOurs(claimed.worker()))
        .map(MarketEvent.JobClaimed::job)
        .filter(job -> !journal.knowsClaim(job))
        .findFirst();
  }

  private static boolean isPaymentTold(JobRecord job) {
    return job.state() instanceof State.Ended(Ending ending, String detail)
        && ending == Ending.PAID
        && !detail.isEmpty();
  }

  private Optional<JobRecord> find(long job) {
    return Optional.ofNullable(open.get(job)).or(() -> journal.job(job));
  }

  /** A request read again after a reorganisation begins a new job only where it is another one. */
  private void begin(
      Moves moves, Optional<JobRecord> known, JobRecord begun, List<JobTensor> inputs) {
    boolean same =
        known.isPresent()
            && known.get().terms().equals(begun.terms())
            && known.get().requester().equals(begun.requester())
            && known.get().version() == begun.version()
            && (!known.get().isOpen() || journal.inputs(begun.id()).equals(inputs));
    if (!same) {
      moves.begin(begun, inputs);
    }
  }

  private void tick(BlockReference head) {
    newest = head;
    metrics.block(head.number());
    long confirmed = head.number() - configuration.chain().confirmations();
    Moves moves = new Moves(takesOver);
    for (JobRecord job : open.values()) {
      moves.step(job, new Event.Tick(head.timestamp(), confirmed), head.timestamp());
    }
    commit(moves, Optional.empty());
  }

  private void take(Wish wish, Finding finding) {
    underway.remove(wish);
    JobRecord job = open.get(wish.job());
    if (job == null) {
      return;
    }
    Moves moves = new Moves(takesOver);
    long now = newest.timestamp();
    switch (finding) {
      case Finding.NothingYet _ -> {}
      case Finding.Occurred occurred -> moves.step(job, occurred.event(), now);
      case Finding.Weighed weighed ->
          moves.step(job.withBond(weighed.question().bond()), decide(job.id(), weighed, now), now);
      case Finding.Answered answered -> {
        moves.answer(job.id(), answered.outputs());
        moves.step(job, new Event.Inferred(), now);
      }
    }
    commit(moves, Optional.empty());
  }

  private void retry(long id, List<JobTensor> inputs) {
    Optional<JobRecord> ended = journal.job(id).filter(job -> !job.isOpen());
    if (ended.isPresent()) {
      Moves moves = new Moves(takesOver);
      long now = newest.timestamp();
      moves.step(ended.get(), new Event.Retried(now), now);
      moves.take(id, inputs);
      commit(moves, Optional.empty());
    }
  }

  private void giveUp(long id, String reason) {
    JobRecord job = open.get(id);
    if (job != null) {
      Moves moves = new Moves(takesOver);
      long now = newest.timestamp();
      moves.step(job, new Event.WorkFailed("in quarantine: " + reason, now), now);
      commit(moves, Optional.empty());
    }
  }

  private Event decide(long id, Finding.Weighed weighed, long now) {
    long version = weighed.version();
    Admission.Circumstances circumstances =
        new Admission.Circumstances(
            configuration.offers().stream().filter(offer -> offer.version() == version).findFirst(),
            weighed.price(),
            unpromised(weighed.freeStake()),
            (int) open.values().stream().filter(job -> Phase.isQueued(job.state())).count(),
            draining,
            troubles.first(),
            Quarantine.closed(id, version, journal.quarantined()));
    return switch (Admission.judge(weighed.question(), circumstances, configuration.policy())) {
      case Admission.Accept _ -> new Event.Accepted();
      case Admission.Decline decline -> new Event.Refused(decline.reason(), now);
      case Admission.Ignore ignore -> new Event.LeftAlone(ignore.reason(), now);
    };
  }

  private Amount unpromised(Amount freeStake) {
    Amount promised =
        open.values().stream()
            .filter(job -> Phase.isBondPromised(job.state()))
            .map(JobRecord::bond)
            .reduce(Amount.ZERO, Amount::plus);
    return freeStake.compareTo(promised) > 0 ? freeStake.minus(promised) : Amount.ZERO;
  }

  private void commit(Moves moves, Optional<BlockReference> cursor) {
    List<Move> changes = moves.changes();
    if (cursor.isPresent() || !changes.isEmpty()) {
      journal.commit(moves.toChange(cursor));
    }
    for (Move move : changes) {
      JobRecord job = move.after();
      if (job.isOpen()) {
        open.put(job.id(), job);
      } else {
        open.remove(job.id());
        holds.release(job.id());
      }
      tell(move);
    }
    publish();
    moves.wishes().forEach(this::fulfil);
  }

  private void fulfil(Wish wish) {
    JobRecord job = open.get(wish.job());
    // Before all jobs were compared with the chain, nothing is done; the next tick asks again.
    if (job == null || !reconciled || !underway.add(wish)) {
      return;
    }
    long now = newest.timestamp();
    workers.execute(() -> {
      Finding finding = new Finding.NothingYet();
      try {
        finding = work.run(job, wish.effect(), now);
      } catch (ChainException failure) {
        troubles.report("chain", Optional.of(String.valueOf(failure.getMessage())));
      } catch (JournalException.NotWritten failure) {
        troubles.report(DISK, Optional.of(String.valueOf(failure.getMessage())));
      } catch (RuntimeException failure) {
        log.defect(wish.effect() + " of job " + wish.job(), failure);
      } finally {
        inbox.add(new Message.Found(wish, finding));
      }
      if (wish.effect().isSend()) {
        sendSoon.run();
      }
    });
  }

  private void publish() {
    snapshot = List.copyOf(open.values());
    metrics.jobs(
        snapshot.size(),
        (int) snapshot.stream().filter(job -> Phase.isQueued(job.state())).count());
    metrics.obligation(nextObligation().map(next -> Math.max(0, next.due() - newest.timestamp())));
  }

  private void tell(Move move) {
    long job = move.after().id();
    switch (move.after().state()) {
      case State.Fetching _ -> log.jobTaken(job, move.after().version());
      case State.Declining declining -> log.jobDeclined(job, declining.reason());
      case State.Waiting waiting when waiting.attempts() == 0 -> log.jobClaimed(job);
      case State.Ended ended when move.isEnding() -> tellEnding(job, ended);
      case State.Drawing _,
          State.Watching _,
          State.Judging _,
          State.Bidding _,
          State.Leasing _,
          State.Inferring _,
          State.Claiming _,
          State.Checking _,
          State.Waiting _,
          State.Finalising _,
          State.Frozen _,
          State.Ended _ -> {}
    }
  }

  private void tellEnding(long job, State.Ended ended) {
    Ending ending = ended.ending();
    metrics.ended(ending);
    switch (ending) {
      // Payment is told with its amount, when its log is read.
      case PAID, OTHERS, DECLINED -> {}
      case PASSED -> log.jobPassed(job, ended.detail());
      case LATE -> log.jobLate(job, ended.detail());
      case EXPIRED -> log.jobExpired(job);
      case REFUTED -> log.jobRefuted(job);
      case FAILED -> log.jobFailed(job, ended.detail());
    }
  }

  /** Open jobs by state, for people. */
  Map<String, Integer> jobsByState() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (JobRecord job : snapshot) {
      counts.merge(job.state().getClass().getSimpleName(), 1, Integer::sum);
    }
    return counts;
  }
}
