package ai.opengradient.worker.telemetry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Every line about a fleet's processes, each a method. */
public final class FleetLog {

  private static final Logger LOG = LoggerFactory.getLogger("opg.fleet");

  /** This process acts for the worker. */
  public void leads(String name, long epoch) {
    event("leads")
        .addKeyValue("name", name)
        .addKeyValue("epoch", epoch)
        .log("{} has the lease, epoch {}", name, epoch);
  }

  /** Another process has the lease. */
  public void standsBy(String name, String holder) {
    event("stands-by")
        .addKeyValue("name", name)
        .addKeyValue("holder", holder)
        .log("{} stands by; {} has the lease", name, holder);
  }

  /** The lease is lost: nothing is signed or sent any more. */
  public void lost(String reason) {
    LOG.atError()
        .addKeyValue("event", "lease-lost")
        .addKeyValue("reason", reason)
        .log("Stopping: {}", reason);
  }

  /** The executor is up. */
  public void executes(String name) {
    event("executes").addKeyValue("name", name).log("Executor {} takes tasks", name);
  }

  /** A run has ended. */
  public void ran(long job, String ending) {
    event("ran")
        .addKeyValue("job", job)
        .addKeyValue("ending", ending)
        .log("Job {}: {}", job, ending);
  }

  /** A run has ended when its task was no longer this executor's. */
  public void tooLate(long job) {
    warning("too-late").addKeyValue("job", job).log("Job {}: the task was given to another", job);
  }

  /** What a run needs can't be had here. */
  public void gaveBack(long job, String reason) {
    warning("gave-back")
        .addKeyValue("job", job)
        .addKeyValue("reason", reason)
        .log("Job {}: left to other executors, {}", job, reason);
  }

  /** The journal's server does not answer; it is asked again. */
  public void serverAway(String reason) {
    warning("server-away").addKeyValue("reason", reason).log("{}", reason);
  }

  /** A defect of this program; the work it met is tried again. */
  public void defect(String where, Throwable failure) {
    LOG.atError()
        .addKeyValue("event", "defect")
        .addKeyValue("where", where)
        .setCause(failure)
        .log("Unexpected failure in {}", where);
  }

  private static LoggingEventBuilder event(String event) {
    return LOG.atInfo().addKeyValue("event", event);
  }

  private static LoggingEventBuilder warning(String event) {
    return LOG.atWarn().addKeyValue("event", event);
  }
}
