package ai.opengradient.worker.fleet;

import ai.opengradient.worker.chain.Pause;
import ai.opengradient.worker.journal.FleetDatabase;
import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.journal.Lease;
import ai.opengradient.worker.telemetry.FleetLog;
import java.time.Duration;
import java.util.Optional;

/** Waits for its turn to act for the worker. */
public final class Standby {

  private final FleetDatabase database;
  private final String name;
  private final Duration interval;
  private final Pause pause;
  private final FleetLog log;

  /**
   * @param name how others are told of this process
   * @param interval between two looks at the lease
   */
  public Standby(
      FleetDatabase database, String name, Duration interval, Pause pause, FleetLog log) {
    this.database = database;
    this.name = name;
    this.interval = interval;
    this.pause = pause;
    this.log = log;
  }

  /** Returns when this process has the lease. A server that is away for a while is waited for. */
  public Lease await() throws InterruptedException {
    boolean told = false;
    while (true) {
      try {
        Optional<Lease> lease = database.take(name);
        if (lease.isPresent()) {
          log.leads(name, lease.get().epoch());
          return lease.get();
        }
        if (!told) {
          log.standsBy(name, database.holder());
          told = true;
        }
      } catch (JournalException.ServerUnavailable away) {
        log.serverAway(String.valueOf(away.getMessage()));
      }
      pause.sleep(interval);
    }
  }
}
