package ai.opengradient.worker.serve;

import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.LogPoller;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.NodeReport;
import ai.opengradient.worker.chain.WorkerReader;
import ai.opengradient.worker.config.ModelOffer;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.journal.JobRecord;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.journal.RunRecord;
import ai.opengradient.worker.telemetry.WallClock;
import ai.opengradient.worker.telemetry.WorkerLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import ai.opengradient.worker.transactions.EffectKey;
import ai.opengradient.worker.transactions.Intervention;
import ai.opengradient.worker.transactions.Outbox;
import ai.opengradient.worker.transactions.OutboxEntry;
import ai.opengradient.worker.transactions.StepReport;
import ai.opengradient.worker.transactions.TransactionSender;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One worker at work: from its start to its close it answers jobs. */
public final class WorkerService implements AutoCloseable {

  private final Address worker;
  private final Journal journal;
  private final Troubles troubles;
  private final ChainFacts chain;
  private final ChainClient node;
  private final SendingLoop sending;
  private final JobDesk desk;
  private final WorkerMetrics metrics;
  private final Thread deskThread;
  private final Thread sendingThread;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("looks at the chain").factory());
  private final long pollMilliseconds;

  /**
   * Puts a worker together; nothing happens before {@link #start}.
   *
   * @param worker its address
   * @param poller whose confirmations are the configuration's
   * @param courtDeadline until when the next move in court is due, in chain time
   * @param sender of the journal's outbox, for the worker's key
   */
  public WorkerService(
      WorkerConfiguration configuration,
      Deployment deployment,
      Address worker,
      ChainClient node,
      LogPoller poller,
      TransactionSender sender,
      Journal journal,
      VerifiedFetch fetch,
      AnswerSource answers,
      Supplier<OptionalLong> courtDeadline,
      WorkerLog log,
      WorkerMetrics metrics) {
    this.worker = worker;
    this.journal = journal;
    this.node = node;
    this.metrics = metrics;
    this.troubles = new Troubles(log, metrics);
    this.pollMilliseconds = configuration.chain().pollInterval().toMillis();
    MarketReader market = new MarketReader(node, deployment);
    this.chain = new ChainFacts(worker, market, new WorkerReader(node, deployment));
    OutputHolds holds =
        new OutputHolds(
            configuration.store().blocks(WallClock.instants()), deployment.market(), worker);
    JobWork work =
        new JobWork(
            chain,
            new ModelLibrary(
                new ModelReader(node, deployment),
                fetch,
                configuration.offers().stream()
                    .map(ModelOffer::version)
                    .collect(Collectors.toSet()),
                version -> new FetchTelling(log, version)),
            answers,
            holds,
            journal,
            new MarketCalls(deployment),
            log,
            metrics);
    this.sending =
        new SendingLoop(
            sender,
            new OtherSenders(node, worker, journal),
            journal,
            new BalanceFloor(node, worker, configuration.chain().balanceFloor()),
            configuration.chain().pollInterval(),
            troubles,
            log);
    this.desk =
        new JobDesk(
            configuration,
            node,
            poller,
            chain,
            journal,
            work,
            new Reconciliation(node, market, worker, journal),
            courtDeadline,
            holds,
            sending::soon,
            troubles,
            log,
            metrics);
    this.deskThread = Thread.ofPlatform().name("desk").unstarted(desk);
    this.sendingThread = Thread.ofPlatform().name("sending").unstarted(sending);
  }

  /** Begins to work. */
  @SuppressWarnings("FutureReturnValueIgnored")
  public void start() {
    deskThread.start();
    sendingThread.start();
    clock.scheduleWithFixedDelay(this::look, 0, pollMilliseconds, TimeUnit.MILLISECONDS);
  }

  private void look() {
    desk.look();
    List<NodeReport> nodes = node.nodes();
    metrics.nodes(
        nodes.size(), (int) nodes.stream().filter(report -> report.state().isHealthy()).count());
  }

  /** Has the chain looked at sooner than by the clock. Any thread may call it. */
  public void lookSoon() {
    desk.look();
    sending.soon();
  }

  /** The effects that are open, oldest first, and then the newest others. */
  public List<OutboxEntry> transactions(int limit) {
    Outbox outbox = journal.outbox();
    List<OutboxEntry> open = outbox.open();
    Set<EffectKey> shown = open.stream().map(OutboxEntry::key).collect(Collectors.toSet());
    return Stream.concat(
            open.stream(),
            outbox.recent(limit).stream().filter(entry -> !shown.contains(entry.key())))
        .limit(limit)
        .toList();
  }

  /** Why effects are open, as far as the sender has looked at them. */
  public Map<EffectKey, StepReport.Reason> waiting() {
    return sending.waiting();
  }

  /**
   * Sends a dearer transaction in place of one that waits.
   *
   * @param cap most that this one may pay for a unit of gas, in wei; empty: the usual
   */
  public CompletableFuture<Intervention> bump(EffectKey key, Optional<BigInteger> cap) {
    return sending.order(sender -> sender.bump(key, cap));
  }

  /**
   * Gives an effect up.
   *
   * @param evenIfItBinds although a job, a dispute or money may be lost without it
   * @param cap as for {@link #bump}
   */
  public CompletableFuture<Intervention> cancel(
      EffectKey key, boolean evenIfItBinds, Optional<BigInteger> cap) {
    return sending.order(sender -> sender.cancel(key, evenIfItBinds, cap));
  }

  /** Finishes what was accepted and takes nothing new, until the process ends. */
  public void drain() {
    desk.drain();
  }

  /** How it is now. */
  public WorkerStatus status() {
    BlockReference block = desk.newestBlock();
    int busy = (int) desk.openJobs().stream().filter(job -> Phase.isBusy(job.state())).count();
    return new WorkerStatus(
        worker,
        block.number(),
        block.timestamp(),
        desk.isDraining(),
        busy,
        desk.jobsByState(),
        desk.nextObligation(),
        troubles.all(),
        node.nodes().stream().collect(Collectors.toMap(NodeReport::node, NodeReport::toString)),
        journal.totals());
  }

  /** How many jobs have something left to do. */
  public int openJobs() {
    return desk.openJobs().size();
  }

  /** Whether it works at all; if not, only a new start helps. */
  public boolean isAlive() {
    return deskThread.isAlive() && sendingThread.isAlive();
  }

  /** A job, if it was ever seen. */
  public Optional<JobRecord> job(long id) {
    return journal.job(id);
  }

  /** How a job's runs went, if they did not end well so far. */
  public Optional<RunRecord> run(long id) {
    return journal.run(id);
  }

  /** Jobs that are run no more. */
  public List<RunRecord> quarantined() {
    return journal.quarantined();
  }

  /**
   * Lets a job out of quarantine, and tries it again if it has ended without a claim. Whether there
   * is still time, and whose turn it is, the chain tells.
   *
   * @throws ai.opengradient.worker.chain.ChainException if the chain can't be asked
   */
  public void retry(long id) {
    journal.release(id);
    desk.tryAgain(id, chain.inputs(id));
  }

  /** Has a job run no more; if it is not answered yet, it is passed on or given up. */
  public void quarantine(JobRecord job, String reason) {
    journal.keep(new RunRecord(job.id(), job.version(), 0, 0, true, reason), "quarantined");
    desk.leave(job.id(), reason);
  }

  /**
   * Writes a whole copy of the journal while the worker goes on.
   *
   * @throws ai.opengradient.worker.journal.JournalException if it can't be written
   */
  public void backup(Path file) {
    journal.backup(file);
  }

  /** The newest jobs, newest first. */
  public List<JobRecord> jobs(int limit) {
    return journal.newestJobs(limit);
  }

  /** Stops at once; what is open waits in the journal for the next start. */
  @Override
  public void close() {
    clock.shutdownNow();
    deskThread.interrupt();
    sendingThread.interrupt();
    join(deskThread);
    join(sendingThread);
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException wait) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
