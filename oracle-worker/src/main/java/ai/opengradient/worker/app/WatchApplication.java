package ai.opengradient.worker.app;

import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.Endpoint;
import ai.opengradient.worker.chain.LogPoller;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.config.ChainSettings;
import ai.opengradient.worker.config.WatchConfiguration;
import ai.opengradient.worker.court.CourtSends;
import ai.opengradient.worker.court.Lookout;
import ai.opengradient.worker.court.Subjects;
import ai.opengradient.worker.court.TraceStore;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.InferenceProcess;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.journal.Identity;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.keys.KeyLock;
import ai.opengradient.worker.keys.Keystore;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.telemetry.DisputeLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import ai.opengradient.worker.transactions.FeePolicy;
import ai.opengradient.worker.transactions.SenderSettings;
import ai.opengradient.worker.transactions.TransactionSender;
import ai.opengradient.worker.watch.WatchTurn;
import ai.opengradient.worker.watch.Watcher;
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

/** A running watcher. {@link #close} stops it within seconds. */
public final class WatchApplication implements AutoCloseable {

  private static final long BLOCKS_UNTIL_STUCK = 5;
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(30);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final DisputeLog log = new DisputeLog();

  /**
   * Starts a watcher.
   *
   * @param password of the keystore
   * @throws RuntimeException of the part that can't be had: {@code ChainException}, {@code
   *     KeyException}, {@code JournalException}
   * @throws InferenceException if the inference process does not start
   */
  public static WatchApplication start(WatchConfiguration configuration, String password)
      throws InferenceException {
    return new WatchApplication(configuration, password);
  }

  private WatchApplication(WatchConfiguration configuration, String password)
      throws InferenceException {
    boolean complete = false;
    try {
      ChainSettings chain = configuration.client().chain();
      Deployment deployment = Deployment.read(chain.deployment());
      ChainClient node = part(new ChainClient(Endpoint.of(chain.rpc()), Thread::sleep));
      deployment.check(node);
      Path keystore = configuration.client().key().keystore().toAbsolutePath();
      Signer signer = Keystore.load(keystore, password);
      part(KeyLock.acquire(Objects.requireNonNull(keystore.getParent()), signer.address()));
      Journal journal = part(journal(configuration, deployment, node, signer));
      Vertx vertx = Vertx.vertx();
      part(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
      HttpCaller http = part(new HttpCaller(vertx, STORE_PATIENCE));
      VerifiedFetch fetch =
          new VerifiedFetch(
              configuration.client().store().open(http), configuration.data().resolve("models"));
      Path folder = configuration.data().resolve("inference");
      InferenceProcess stock =
          part(
              InferenceProcess.start(
                  InferenceSettings.standard(folder)
                      .withMemoryLimit(configuration.inference().memory())
                      .withThreads(configuration.inference().threads())
                      .withTimeLimit(configuration.inference().time())));
      CanonicalProcess canonical =
          part(
              CanonicalProcess.whenNeeded(
                  InferenceSettings.standard(folder)
                      .withMemoryLimit(configuration.canonical().memory())
                      .withThreads(configuration.canonical().threads())
                      .withTimeLimit(configuration.canonical().time())));
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      part(threads::shutdownNow);
      Lookout watching =
          part(
              new Lookout(
                  "the watcher",
                  new WatchTurn(
                      new Watcher(
                          node,
                          deployment,
                          new Subjects(
                              new MarketReader(node, deployment),
                              new ModelReader(node, deployment),
                              fetch),
                          new TraceStore(canonical, configuration.data().resolve("traces")),
                          stock,
                          canonical,
                          new CourtSends(node, journal.outbox(), signer.address()),
                          new Watcher.Secrets(
                              signer.address(),
                              job -> signer.secret(purpose("challenge", deployment, job)),
                              job -> signer.secret(purpose("share", deployment, job))),
                          configuration.policy(),
                          threads,
                          log),
                      new TransactionSender(
                          node,
                          deployment.chainId(),
                          signer,
                          journal.outbox(),
                          new SenderSettings(
                              chain.confirmations(),
                              BLOCKS_UNTIL_STUCK,
                              new FeePolicy(chain.feeCap()))),
                      log),
                  chain.pollInterval(),
                  log));
      watching.start();
      log.watching(signer.address());
      complete = true;
    } finally {
      if (!complete) {
        closeParts();
      }
    }
  }

  /** A job's number is used again on other chains and by other deployments. */
  private static String purpose(String what, Deployment deployment, long job) {
    return what + " " + deployment.chainId() + " " + deployment.court() + " " + job;
  }

  /** Of a watcher only the outbox is used. */
  private static Journal journal(
      WatchConfiguration configuration, Deployment deployment, ChainClient node, Signer signer) {
    LogPoller poller =
        new LogPoller(node, deployment, configuration.client().chain().confirmations(), 1);
    try {
      return Journal.open(
          Files.createDirectories(configuration.data()),
          new Identity(
              deployment.chainId(),
              deployment.genesisHash(),
              deployment.market(),
              signer.address()),
          poller.start(deployment),
          new WorkerMetrics());
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the data folder " + configuration.data() + " can't be made", failure);
    }
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  /** Blocks until the application is closed, from any thread. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** Stops, last part first. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      closeParts();
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
