package ai.opengradient.worker.app;

import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.fleet.Executor;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.serve.Answering;
import ai.opengradient.worker.serve.ModelLibrary;
import ai.opengradient.worker.telemetry.FleetLog;
import java.util.concurrent.CountDownLatch;

/** A running executor: it runs models for a coordinator and has no key. */
public final class ExecutorApplication implements AutoCloseable {

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Assembly assembly;

  /**
   * Starts an executor.
   *
   * @throws OpgException if the configuration names no database
   * @throws RuntimeException of the part that can't be had: {@code ChainException}, {@code
   *     JournalException}
   * @throws InferenceException if the inference process does not start
   */
  public static ExecutorApplication start(WorkerConfiguration configuration)
      throws InferenceException {
    return new ExecutorApplication(configuration);
  }

  private ExecutorApplication(WorkerConfiguration configuration) throws InferenceException {
    String url =
        configuration
            .journal()
            .url()
            .orElseThrow(
                () -> new OpgException(ErrorCode.ROLE_WITHOUT_SERVER, "journal.url is not given"));
    FleetLog log = new FleetLog();
    this.assembly = new Assembly(configuration.client(), configuration.data(), log::defect);
    boolean complete = false;
    try {
      Deployment deployment = assembly.deployment();
      ChainClient node = assembly.node(deployment);
      FleetMember member = FleetMember.join(url, configuration.journal(), assembly);
      VerifiedFetch fetch = assembly.fetch(assembly.vertx());
      Executor executor =
          new Executor(
              member.database().tasks(member.name()),
              new ModelLibrary(new ModelReader(node, deployment), fetch),
              new Answering(
                  assembly.stock(configuration.inference()),
                  assembly.canonical(configuration.canonical()),
                  configuration::guard),
              member.sign(),
              Thread::sleep,
              log);
      assembly.add(executor);
      executor.start();
      log.executes(member.name());
      complete = true;
    } finally {
      if (!complete) {
        assembly.close();
      }
    }
  }

  /** Blocks until the application is closed, from any thread. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** Stops; a run in progress is done again by another executor. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      assembly.close();
      closed.countDown();
    }
  }
}
