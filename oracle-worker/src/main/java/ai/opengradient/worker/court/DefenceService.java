package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.telemetry.DisputeLog;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has a worker's claims defended, beside its other work, until it is closed. */
public final class DefenceService implements AutoCloseable {
  private final Defender defender;
  private final Duration interval;
  private final DisputeLog log;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("defending").factory());

  /**
   * @param interval between two looks at the chain
   */
  public DefenceService(Defender defender, Duration interval, DisputeLog log) {
    this.defender = defender;
    this.interval = interval;
    this.log = log;
  }

  /** Begins to work. */
  @SuppressWarnings("FutureReturnValueIgnored")
  public void start() {
    thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      defender.look();
    } catch (ChainException.Interrupted stopping) {
      Thread.currentThread().interrupt();
    } catch (ChainException failure) {
      log.chainTrouble(String.valueOf(failure.getMessage()));
    } catch (RuntimeException failure) {
      log.defect("the defender", failure);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    thread.close();
  }
}
