package ai.opengradient.worker.app;

import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.worker.admin.AdminServer;
import ai.opengradient.worker.admin.AdminToken;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.Endpoint;
import ai.opengradient.worker.chain.LogPoller;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.WorkerReader;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.court.CourtSends;
import ai.opengradient.worker.court.Defender;
import ai.opengradient.worker.court.Lookout;
import ai.opengradient.worker.court.Subjects;
import ai.opengradient.worker.court.TraceStore;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.InferenceProcess;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.journal.CommitListener;
import ai.opengradient.worker.journal.Identity;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.keys.KeyLock;
import ai.opengradient.worker.keys.Keystore;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.serve.WorkerService;
import ai.opengradient.worker.telemetry.DisputeLog;
import ai.opengradient.worker.telemetry.WorkerLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import ai.opengradient.worker.transactions.FeePolicy;
import ai.opengradient.worker.transactions.SenderSettings;
import ai.opengradient.worker.transactions.TransactionSender;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A running worker. {@link #close} stops it within seconds; open jobs wait in its journal for the
 * next start.
 */
public final class WorkerApplication implements AutoCloseable {

  private static final long LONGEST_RANGE = 2_000;
  private static final long BLOCKS_UNTIL_STUCK = 5;
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(30);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final WorkerLog log = new WorkerLog();
  private final WorkerService service;
  private final AdminServer admin;

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
    return start(configuration, password, UnaryOperator.identity());
  }

  /**
   * Starts a worker whose commits someone else hears of, too.
   *
   * @param listening what hears of the journal's commits, given what counts them
   */
  public static WorkerApplication start(
      WorkerConfiguration configuration, String password, UnaryOperator<CommitListener> listening)
      throws InferenceException {
    return new WorkerApplication(configuration, password, listening);
  }

  private WorkerApplication(
      WorkerConfiguration configuration, String password, UnaryOperator<CommitListener> listening)
      throws InferenceException {
    boolean complete = false;
    try {
      WorkerMetrics metrics = new WorkerMetrics();
      Deployment deployment = Deployment.read(configuration.chain().deployment());
      ChainClient node =
          part(new ChainClient(Endpoint.of(configuration.chain().rpc()), Thread::sleep));
      deployment.check(node);
      Path keystore = configuration.key().keystore().toAbsolutePath();
      Signer signer = Keystore.load(keystore, password);
      part(KeyLock.acquire(Objects.requireNonNull(keystore.getParent()), signer.address()));
      requireRegistered(node, deployment, signer);
      LogPoller poller =
          new LogPoller(node, deployment, configuration.chain().confirmations(), LONGEST_RANGE);
      Journal journal =
          part(
              Journal.open(
                  directory(configuration.data()),
                  new Identity(
                      deployment.chainId(),
                      deployment.genesisHash(),
                      deployment.market(),
                      signer.address()),
                  poller.start(deployment),
                  listening.apply(metrics)));
      Vertx vertx = Vertx.vertx();
      part(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
      HttpCaller http = part(new HttpCaller(vertx, STORE_PATIENCE));
      VerifiedFetch fetch =
          new VerifiedFetch(
              configuration.store().open(http), configuration.data().resolve("models"));
      InferenceProcess inference =
          part(
              InferenceProcess.start(
                  InferenceSettings.standard(configuration.data().resolve("inference"))
                      .withMemoryLimit(configuration.inference().memory())
                      .withThreads(configuration.inference().threads())
                      .withTimeLimit(configuration.inference().time())));
      CanonicalProcess canonical =
          part(
              CanonicalProcess.whenNeeded(
                  InferenceSettings.standard(configuration.data().resolve("inference"))
                      .withMemoryLimit(configuration.canonical().memory())
                      .withThreads(configuration.canonical().threads())
                      .withTimeLimit(configuration.canonical().time())));
      this.service =
          new WorkerService(
              configuration,
              deployment,
              signer.address(),
              node,
              poller,
              new TransactionSender(
                  node,
                  deployment.chainId(),
                  signer,
                  journal.outbox(),
                  new SenderSettings(
                      configuration.chain().confirmations(),
                      BLOCKS_UNTIL_STUCK,
                      new FeePolicy(configuration.chain().feeCap()))),
              journal,
              fetch,
              inference,
              canonical,
              log,
              metrics);
      part(service);
      DisputeLog disputes = new DisputeLog();
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      part(threads::shutdownNow);
      Lookout defence =
          part(
              new Lookout(
                  "the defender",
                  new Defender(
                          node,
                          deployment,
                          new Subjects(
                              new MarketReader(node, deployment),
                              new ModelReader(node, deployment),
                              fetch),
                          new TraceStore(canonical, configuration.data().resolve("traces")),
                          new CourtSends(node, journal.outbox(), signer.address()),
                          signer.address(),
                          threads,
                          disputes)
                      ::look,
                  configuration.chain().pollInterval(),
                  disputes));
      this.admin =
          part(
              new AdminServer(
                  vertx,
                  configuration.admin().port(),
                  AdminToken.at(configuration.admin().tokenFile()),
                  service,
                  metrics));
      service.start();
      defence.start();
      log.started(signer.address(), journal.openJobs().size(), admin.port());
      complete = true;
    } finally {
      if (!complete) {
        closeParts();
      }
    }
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  private static Path directory(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException failure) {
      throw new UncheckedIOException("the data folder " + path + " can't be made", failure);
    }
  }

  private static void requireRegistered(ChainClient node, Deployment deployment, Signer signer) {
    if (new WorkerReader(node, deployment).worker(signer.address()).isEmpty()) {
      throw new OpgException(
          ErrorCode.UNKNOWN_WORKER, signer.address() + " is not registered as a worker");
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

  /** Blocks until the application is closed, from any thread. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** Stops, last part first. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      long open = service.status().openJobs().values().stream().mapToInt(Integer::intValue).sum();
      closeParts();
      log.stopped(open);
      closed.countDown();
    }
  }

  private void closeParts() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception failure) {
        log.defect("closing " + part, failure);
      }
    }
  }
}
