package ai.opengradient.worker.fleet;

import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.journal.Lease;
import ai.opengradient.worker.telemetry.FleetLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Renews the lease until it is closed, and then lets it go; tells once if it is lost. */
public final class LeaseKeeper implements AutoCloseable {

  private final Lease lease;
  private final Consumer<JournalException> lost;
  private final FleetLog log;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lease").factory());

  private LeaseKeeper(Lease lease, Consumer<JournalException> lost, FleetLog log) {
    this.lease = lease;
    this.lost = lost;
    this.log = log;
  }

  /**
   * Begins to renew.
   *
   * @param interval between two renewals, well below the lease's length
   * @param lost is told why, on the keeper's thread
   */
  @SuppressWarnings("FutureReturnValueIgnored")
  public static LeaseKeeper start(
      Lease lease, Duration interval, Consumer<JournalException> lost, FleetLog log) {
    LeaseKeeper keeper = new LeaseKeeper(lease, lost, log);
    keeper.clock.scheduleWithFixedDelay(
        keeper::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    return keeper;
  }

  private void look() {
    try {
      lease.renew();
    } catch (JournalException told) {
      // The loss is looked at below, whoever met it.
    } catch (RuntimeException failure) {
      log.defect("renewing the lease", failure);
    }
    Optional<JournalException> loss = lease.loss();
    if (loss.isPresent() && !clock.isShutdown()) {
      clock.shutdown();
      log.lost(String.valueOf(loss.get().getMessage()));
      lost.accept(loss.get());
    }
  }

  @Override
  public void close() {
    // Waits for a renewal in progress: one that is cut off would count as a server that went away.
    clock.close();
    lease.close();
  }
}
