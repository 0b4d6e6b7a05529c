package ai.opengradient.worker.app;

import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.admin.AdminServer;
import ai.opengradient.worker.admin.AdminToken;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.HeadHints;
import ai.opengradient.worker.chain.LogPoller;
import ai.opengradient.worker.chain.WorkerAccount;
import ai.opengradient.worker.chain.WorkerReader;
import ai.opengradient.worker.config.Role;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.court.CanonicalDefences;
import ai.opengradient.worker.court.Defender;
import ai.opengradient.worker.court.Lookout;
import ai.opengradient.worker.court.Subjects;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.fleet.TaskAnswers;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.journal.CommitListener;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.journal.Lease;
import ai.opengradient.worker.journal.TaskOffers;
import ai.opengradient.worker.serve.AnswerSource;
import ai.opengradient.worker.serve.Answering;
import ai.opengradient.worker.serve.RegisteredPrograms;
import ai.opengradient.worker.serve.WorkerService;
import ai.opengradient.worker.telemetry.DisputeLog;
import ai.opengradient.worker.telemetry.WorkerLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * A running worker. {@link #close} stops it within seconds; open jobs wait in its journal for the
 * next start.
 */
public final class WorkerApplication implements AutoCloseable {

  private static final long LONGEST_RANGE = 2_000;

  private final CountDownLatch built = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final WorkerLog log = new WorkerLog();
  private final Assembly assembly;
  private final WorkerService service;
  private final AdminServer admin;
  private final AtomicReference<Optional<JournalException>> loss =
      new AtomicReference<>(Optional.empty());

  /**
   * Starts a worker.
   *
   * @param password of the keystore
   * @throws OpgException if its account is not registered as a worker
   * @throws RuntimeException of the part that can't be had: {@code ChainException}, {@code
   *     KeyException}, {@code JournalException}, {@code AdminToken.Exposed}
   * @throws InferenceException if the inference process does not start
   */
  public static WorkerApplication start(WorkerConfiguration configuration, String password)
      throws InferenceException {
    return start(configuration, password, Conduct.HONEST);
  }

  /**
   * Starts a worker whose commits someone else hears of, too.
   *
   * @param listening what hears of the journal's commits, given what counts them
   */
  public static WorkerApplication start(
      WorkerConfiguration configuration, String password, UnaryOperator<CommitListener> listening)
      throws InferenceException {
    return new WorkerApplication(
        configuration, password, Role.ALONE, listening, Conduct.HONEST, false);
  }

  /**
   * Starts a coordinator; returns when it has the lease, and until then it stands by.
   *
   * @param listening what hears of the journal's commits, given what counts them
   * @throws OpgException if the configuration names no database
   * @throws InferenceException never: its executors run the models
   */
  public static WorkerApplication coordinate(
      WorkerConfiguration configuration, String password, UnaryOperator<CommitListener> listening)
      throws InferenceException {
    return new WorkerApplication(
        configuration, password, Role.COORDINATOR, listening, Conduct.HONEST, false);
  }

  /**
   * Starts a worker that takes over from the chain what its account has done, whatever its journal
   * says of that, or without one.
   *
   * @param role not an executor's
   * @throws InferenceException if the inference process does not start
   */
  public static WorkerApplication reconcile(
      WorkerConfiguration configuration, String password, Role role) throws InferenceException {
    return new WorkerApplication(
        configuration, password, role, UnaryOperator.identity(), Conduct.HONEST, true);
  }

  /**
   * Starts a worker that claims and defends what it likes.
   *
   * @throws InferenceException if the inference process does not start
   */
  public static WorkerApplication start(
      WorkerConfiguration configuration, String password, Conduct conduct)
      throws InferenceException {
    return new WorkerApplication(
        configuration, password, Role.ALONE, UnaryOperator.identity(), conduct, false);
  }

  private WorkerApplication(
      WorkerConfiguration configuration,
      String password,
      Role role,
      UnaryOperator<CommitListener> listening,
      Conduct conduct,
      boolean reconcile)
      throws InferenceException {
    this.assembly = new Assembly(configuration.client(), configuration.data(), log::defect);
    boolean complete = false;
    try {
      WorkerMetrics metrics = new WorkerMetrics();
      Assembly.Access access = assembly.access(password);
      Deployment deployment = access.deployment();
      ChainClient node = access.node();
      Address worker = access.signer().address();
      Optional<Fleet> fleet = fleet(configuration, role);
      WorkerAccount account = registered(node, deployment, worker);
      boolean known =
          fleet
              .map(joined -> Journal.exists(joined.lease()))
              .orElseGet(() -> Journal.exists(configuration.data()));
      if (!reconcile && !known) {
        requireNoDebts(configuration.data(), node, worker, account);
      }
      CommitListener listener = listening.apply(metrics);
      Journal journal =
          fleet
              .map(joined -> assembly.journal(access, joined.lease(), listener))
              .orElseGet(() -> assembly.journal(access, listener));
      if (reconcile) {
        journal.demandReconciliation();
      }
      Vertx vertx = assembly.vertx();
      VerifiedFetch fetch = assembly.fetch(vertx);
      CanonicalProcess canonical = assembly.canonical(configuration.canonical());
      DisputeLog disputes = new DisputeLog();
      Subjects subjects = access.subjects(fetch);
      Defender defender =
          new Defender(
              node,
              deployment,
              conduct.defences(
                  subjects, new CanonicalDefences(subjects, assembly.traces(canonical, listener))),
              access.sends(journal),
              worker,
              assembly.threads(),
              disputes);
      this.service =
          new WorkerService(
              configuration,
              deployment,
              worker,
              node,
              new LogPoller(node, deployment, configuration.chain().confirmations(), LONGEST_RANGE),
              assembly.sender(access, journal),
              journal,
              fetch,
              conduct.answers(
                  role == Role.COORDINATOR
                      ? ofExecutors(fleet.orElseThrow(), canonical)
                      : new Answering(
                          assembly.stock(configuration.inference()),
                          canonical,
                          configuration::guard)),
              defender::nextDeadline,
              log,
              metrics);
      assembly.add(service);
      Lookout defence =
          assembly.add(
              new Lookout(
                  "the defender", defender::look, configuration.chain().pollInterval(), disputes));
      this.admin =
          assembly.add(
              new AdminServer(
                  vertx,
                  configuration.admin().port(),
                  AdminToken.at(configuration.admin().tokenFile()),
                  service,
                  metrics));
      service.start();
      defence.start();
      configuration
          .chain()
          .heads()
          .map(heads ->
              assembly.add(
                  new HeadHints(
                      heads,
                      configuration.chain().pollInterval(),
                      service::lookSoon,
                      Thread::sleep)))
          .ifPresent(HeadHints::start);
      log.started(worker, journal.openJobs().size(), admin.port());
      complete = true;
      built.countDown();
    } finally {
      if (!complete) {
        assembly.close();
      }
    }
  }

  /** Where this process is one of several that may act. */
  private record Fleet(FleetMember member, Lease lease) {}

  /** Returns when this process may act. */
  private Optional<Fleet> fleet(WorkerConfiguration configuration, Role role) {
    Optional<String> url = configuration.journal().url();
    if (url.isEmpty() && role == Role.COORDINATOR) {
      throw new OpgException(ErrorCode.ROLE_WITHOUT_SERVER, "journal.url is not given");
    }
    return url.map(server -> {
      FleetMember member = FleetMember.join(server, configuration.journal(), assembly);
      return new Fleet(member, member.lead(this::lose, assembly));
    });
  }

  /** Not on the thread that tells, which is one of the parts. */
  private void lose(JournalException why) {
    loss.set(Optional.of(why));
    Thread.ofPlatform().daemon().name("lease lost").start(this::closeOnceBuilt);
  }

  private void closeOnceBuilt() {
    try {
      built.await();
      close();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private AnswerSource ofExecutors(Fleet fleet, CanonicalProcess canonical) {
    return assembly.add(
        TaskAnswers.start(
            new RegisteredPrograms(canonical),
            new TaskOffers(fleet.lease()),
            fleet.member().log()));
  }

  private static WorkerAccount registered(ChainClient node, Deployment deployment, Address worker) {
    return new WorkerReader(node, deployment)
        .worker(worker)
        .orElseThrow(() ->
            new OpgException(ErrorCode.UNKNOWN_WORKER, worker + " is not registered as a worker"));
  }

  /** An account that owes something has signed before, and what it signed stands in a journal. */
  private static void requireNoDebts(
      Path data, ChainClient node, Address worker, WorkerAccount account) {
    boolean owes =
        account.locked().compareTo(Amount.ZERO) > 0
            || node.pendingNonce(worker) > node.nonce(worker);
    if (owes) {
      throw new OpgException(
          ErrorCode.JOURNAL_MISSING,
          worker
              + " has bonds of "
              + account.locked()
              + " OPG locked or transactions on their way, but "
              + data
              + " or its database has no journal");
    }
  }

  /** Where the admin API listens on 127.0.0.1. */
  public int adminPort() {
    return admin.port();
  }

  /** The worker itself. */
  public WorkerService service() {
    return service;
  }

  /**
   * Blocks until the application is closed, from any thread.
   *
   * @throws JournalException if it has closed itself because another process acts now
   */
  public void awaitClose() throws InterruptedException {
    closed.await();
    Optional<JournalException> lost = loss.get();
    if (lost.isPresent()) {
      throw lost.get();
    }
  }

  /** Stops, last part first. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      long open = service.openJobs();
      assembly.close();
      log.stopped(open);
      closed.countDown();
    }
  }
}
