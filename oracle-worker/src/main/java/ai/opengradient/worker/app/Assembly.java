package ai.opengradient.worker.app;

import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.Endpoint;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.config.CanonicalLimits;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.config.InferenceLimits;
import ai.opengradient.worker.court.CourtSends;
import ai.opengradient.worker.court.Subjects;
import ai.opengradient.worker.court.TraceStore;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.inference.StockProcesses;
import ai.opengradient.worker.journal.CommitListener;
import ai.opengradient.worker.journal.Identity;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.journal.Lease;
import ai.opengradient.worker.keys.KeyLock;
import ai.opengradient.worker.keys.Keystore;
import ai.opengradient.worker.keys.RemoteSigner;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.telemetry.SystemRunningTime;
import ai.opengradient.worker.telemetry.WallClock;
import ai.opengradient.worker.transactions.FeePolicy;
import ai.opengradient.worker.transactions.SenderSettings;
import ai.opengradient.worker.transactions.TransactionSender;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/** Makes the parts that workers and watchers have in common, and closes all, last part first. */
final class Assembly implements AutoCloseable {
  private static final long BLOCKS_UNTIL_STUCK = 5;
  private static final Duration SIGNER_PATIENCE = Duration.ofSeconds(10);
  private static final Duration STORE_DEADLINE = Duration.ofSeconds(30);
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(10);

  private final ClientConfiguration configuration;
  private final Path data;
  private final BiConsumer<String, Exception> defects;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** A chain, looked at and found to be the deployment's, and the account that sends to it. */
  record Access(Deployment deployment, ChainClient node, Signer signer) {

    /**
     * What disputes rest on.
     *
     * @param fetch gets models and tensors
     */
    Subjects subjects(VerifiedFetch fetch) {
      return new Subjects(
          new MarketReader(node, deployment), new ModelReader(node, deployment), fetch);
    }

    /** Moves in court, by the account's one sender. */
    CourtSends sends(Journal journal) {
      return new CourtSends(node, journal.outbox(), signer.address());
    }
  }

  /**
   * Nothing is made yet.
   *
   * @param data the folder of all that is kept
   * @param defects is told where something failed, and how
   */
  Assembly(ClientConfiguration configuration, Path data, BiConsumer<String, Exception> defects) {
    this.configuration = configuration;
    this.data = data;
    this.defects = defects;
  }

  /** Has a part closed with the others. */
  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /** Looks at the chain. */
  ChainClient node(Deployment deployment) {
    ChainClient node =
        add(
            ChainClient.of(
                configuration.chain().rpc().stream().map(Endpoint::of).toList(),
                deployment,
                Thread::sleep,
                new SystemRunningTime(),
                threads()));
    deployment.check(node);
    return node;
  }

  /** Where the contracts are. */
  Deployment deployment() {
    return Deployment.read(configuration.chain().deployment());
  }

  /**
   * Looks at the chain and takes the key.
   *
   * @param password of the keystore; not looked at where a signer elsewhere has the key
   */
  Access access(String password) {
    Deployment deployment = deployment();
    ChainClient node = node(deployment);
    Path keystore = configuration.key().keystore().toAbsolutePath();
    Signer signer =
        configuration
            .key()
            .remote()
            .<Signer>map(
                remote -> RemoteSigner.connect(remote.signer(), remote.account(), SIGNER_PATIENCE))
            .orElseGet(() -> Keystore.load(keystore, password));
    add(KeyLock.acquire(Objects.requireNonNull(keystore.getParent()), signer.address()));
    return new Access(deployment, node, signer);
  }

  Journal journal(Access access, CommitListener listener) {
    return add(
        Journal.open(
            directory(data), identity(access), access.deployment().start(access.node()), listener));
  }

  Journal journal(Access access, Lease lease, CommitListener listener) {
    return add(
        Journal.open(lease, identity(access), access.deployment().start(access.node()), listener));
  }

  private static Identity identity(Access access) {
    Deployment deployment = access.deployment();
    return new Identity(
        deployment.chainId(),
        deployment.genesisHash(),
        deployment.market(),
        access.signer().address());
  }

  private static Path directory(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException failure) {
      throw new UncheckedIOException("the data folder " + path + " can't be made", failure);
    }
  }

  Vertx vertx() {
    Vertx vertx = Vertx.vertx();
    add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    return vertx;
  }

  VerifiedFetch fetch(Vertx vertx) {
    HttpCaller http = add(new HttpCaller(vertx, STORE_DEADLINE, STORE_PATIENCE));
    InstantSource clock = WallClock.instants();
    return new VerifiedFetch(
        configuration.store().open(http, clock),
        data.resolve("models"),
        configuration.store().fetching(clock));
  }

  StockProcesses stock(InferenceLimits limits) throws InferenceException {
    InferenceSettings settings = settings(limits.memory(), limits.threads(), limits.time());
    return add(StockProcesses.start(settings, limits.processes()));
  }

  CanonicalProcess canonical(CanonicalLimits limits) {
    return add(
        CanonicalProcess.whenNeeded(settings(limits.memory(), limits.threads(), limits.time())));
  }

  private InferenceSettings settings(long memory, int threads, Duration time) {
    return InferenceSettings.standard(data.resolve("inference"))
        .withMemoryLimit(memory)
        .withThreads(threads)
        .withTimeLimit(time);
  }

  TransactionSender sender(Access access, Journal journal) {
    return new TransactionSender(
        access.node(),
        access.deployment().chainId(),
        access.signer(),
        journal.outbox(),
        new SenderSettings(
            configuration.chain().confirmations(),
            BLOCKS_UNTIL_STUCK,
            new FeePolicy(configuration.chain().feeCap()),
            configuration.chain().balanceFloor()));
  }

  TraceStore traces(CanonicalProcess canonical, CommitListener listener) {
    return new TraceStore(canonical, data.resolve("traces"), listener);
  }

  /** For work that takes long beside the looks at the chain. */
  ExecutorService threads() {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    add(threads::shutdownNow);
    return threads;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception failure) {
        defects.accept("closing " + part, failure);
      }
    }
  }
}
