package ai.opengradient.worker.app;

import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.config.WatchConfiguration;
import ai.opengradient.worker.court.Lookout;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.StockProcesses;
import ai.opengradient.worker.journal.CommitListener;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.keys.KeyException;
import ai.opengradient.worker.keys.LocalSigner;
import ai.opengradient.worker.keys.RemoteSigner;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.telemetry.DisputeLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import ai.opengradient.worker.watch.WatchTurn;
import ai.opengradient.worker.watch.Watcher;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** A running watcher. {@link #close} stops it within seconds. */
public final class WatchApplication implements AutoCloseable {

  private final CountDownLatch closed = new CountDownLatch(1);
  private final DisputeLog log = new DisputeLog();
  private final Assembly assembly;

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
    return start(configuration, password, UnaryOperator.identity());
  }

  /**
   * Starts a watcher whose commits someone else hears of, too.
   *
   * @param listening what hears of the commits, given what counts them
   */
  public static WatchApplication start(
      WatchConfiguration configuration, String password, UnaryOperator<CommitListener> listening)
      throws InferenceException {
    return new WatchApplication(configuration, password, listening);
  }

  private WatchApplication(
      WatchConfiguration configuration, String password, UnaryOperator<CommitListener> listening)
      throws InferenceException {
    this.assembly = new Assembly(configuration.client(), configuration.data(), log::defect);
    boolean complete = false;
    try {
      Assembly.Access access = assembly.access(password);
      // Of its journal only the outbox is used.
      CommitListener listener = listening.apply(new WorkerMetrics());
      Journal journal = assembly.journal(access, listener);
      VerifiedFetch fetch = assembly.fetch(assembly.vertx());
      StockProcesses stock = assembly.stock(configuration.inference());
      CanonicalProcess canonical = assembly.canonical(configuration.canonical());
      Watcher watcher =
          new Watcher(
              access.node(),
              access.deployment(),
              access.subjects(fetch),
              assembly.traces(canonical, listener),
              stock,
              canonical,
              access.sends(journal),
              secrets(access.deployment(), access.signer()),
              configuration.policy(),
              assembly.threads(),
              log);
      Lookout watching =
          assembly.add(
              new Lookout(
                  "the watcher",
                  new WatchTurn(watcher::look, assembly.sender(access, journal), log),
                  configuration.client().chain().pollInterval(),
                  log));
      watching.start();
      log.watching(access.signer().address());
      complete = true;
    } finally {
      if (!complete) {
        assembly.close();
      }
    }
  }

  private static Watcher.Secrets secrets(Deployment deployment, Signer account) {
    LocalSigner signer =
        switch (account) {
          case LocalSigner local -> local;
          case RemoteSigner remote -> throw new KeyException.RemoteWithoutSecrets(remote.address());
        };
    return new Watcher.Secrets(
        signer.address(),
        job -> signer.secret(purpose("challenge", deployment, job)),
        job -> signer.secret(purpose("share", deployment, job)));
  }

  /** A job's number is used again on other chains and by other deployments. */
  private static String purpose(String what, Deployment deployment, long job) {
    return what + " " + deployment.chainId() + " " + deployment.court() + " " + job;
  }

  /** Blocks until the application is closed, from any thread. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** Stops, last part first. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      assembly.close();
      closed.countDown();
    }
  }
}
