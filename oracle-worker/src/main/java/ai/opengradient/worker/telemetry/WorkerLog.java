package ai.opengradient.worker.telemetry;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.fetch.SourceShare;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Every line that an operator reads, each a method. */
public final class WorkerLog {

  private static final Logger LOG = LoggerFactory.getLogger("opg.worker");

  /** The worker is up. */
  public void started(Address worker, long openJobs, int adminPort) {
    info("started")
        .addKeyValue("worker", worker.toString())
        .addKeyValue("openJobs", openJobs)
        .addKeyValue("adminPort", adminPort)
        .log(
            "Worker {} is up with {} open jobs; admin API on port {}", worker, openJobs, adminPort);
  }

  /** The worker is down; what is open stays in the journal. */
  public void stopped(long openJobs) {
    info("stopped")
        .addKeyValue("openJobs", openJobs)
        .log("Stopped with {} open jobs, which wait in the journal", openJobs);
  }

  /** No new jobs from now on. */
  public void draining(long openJobs) {
    info("draining").addKeyValue("openJobs", openJobs).log("Draining: {} open jobs", openJobs);
  }

  /** A job was taken. */
  public void jobTaken(long job, long version) {
    ofJob("job-taken", job)
        .addKeyValue("version", version)
        .log("Job {} of version {}: taken", job, version);
  }

  /** A model's file is on its way. */
  public void modelComing(long version, long done, long total) {
    info("model-coming")
        .addKeyValue("version", version)
        .addKeyValue("bytes", done)
        .addKeyValue("total", total)
        .log("Version {}: {} of {} bytes of its file are here", version, done, total);
  }

  /** A model's file is here. */
  public void modelFetched(long version, long total, long resumed, List<SourceShare> sources) {
    info("model-fetched")
        .addKeyValue("version", version)
        .addKeyValue("bytes", total)
        .addKeyValue("resumed", resumed)
        .addKeyValue("sources", sources.toString())
        .log(
            "Version {}: its file of {} bytes is here, {} of them from an earlier try; {}",
            version,
            total,
            resumed,
            sources.stream()
                .map(source -> source.name() + " gave " + source.bytes())
                .collect(Collectors.joining(", ")));
  }

  /** A job is being passed on. */
  public void jobDeclined(long job, String reason) {
    ofJob("job-declined", job)
        .addKeyValue("reason", reason)
        .log("Job {}: declined, {}", job, reason);
  }

  /** A job was left to others. */
  public void jobPassed(long job, String reason) {
    ofJob("job-passed", job)
        .addKeyValue("reason", reason)
        .log("Job {}: left alone, {}", job, reason);
  }

  /** An answer was computed. */
  public void jobAnswered(long job, double seconds, String engine) {
    ofJob("job-answered", job)
        .addKeyValue("seconds", seconds)
        .addKeyValue("engine", engine)
        .log("Job {}: answered in {} s by {}", job, seconds, engine);
  }

  /** The claim stands. */
  public void jobClaimed(long job) {
    ofJob("job-claimed", job).log("Job {}: claim is on chain", job);
  }

  /** The worker was paid. */
  public void jobPaid(long job, Amount earned) {
    ofJob("job-paid", job)
        .addKeyValue("earned", earned.toString())
        .log("Job {}: paid, earned {} OPG", job, earned);
  }

  /** The worker's deadline passed. */
  public void jobLate(long job, String detail) {
    LOG.atWarn()
        .addKeyValue("event", "job-late")
        .addKeyValue("job", job)
        .log("Job {}: missed the deadline {}", job, detail);
  }

  /** The worker can't claim. */
  public void jobFailed(long job, String reason) {
    LOG.atError()
        .addKeyValue("event", "job-failed")
        .addKeyValue("job", job)
        .addKeyValue("reason", reason)
        .log("Job {}: failed, {}", job, reason);
  }

  /** A court found the worker's answer wrong. */
  public void jobRefuted(long job) {
    LOG.atError()
        .addKeyValue("event", "job-refuted")
        .addKeyValue("job", job)
        .log("Job {}: refuted in court", job);
  }

  /** Nobody answered in time. */
  public void jobExpired(long job) {
    ofJob("job-expired", job).log("Job {}: expired", job);
  }

  /** A send did not come to its end at once. */
  public void sendFailed(long job, String reason) {
    LOG.atWarn()
        .addKeyValue("event", "send-failed")
        .addKeyValue("job", job)
        .addKeyValue("reason", reason)
        .log("Job {}: a transaction had no effect, {}", job, reason);
  }

  /** A run killed its process; it is tried again. */
  public void runFailed(long job, String reason) {
    LOG.atWarn()
        .addKeyValue("event", "run-failed")
        .addKeyValue("job", job)
        .addKeyValue("reason", reason)
        .log("Job {}: its run ended badly, {}", job, reason);
  }

  /** A job is run no more. */
  public void jobQuarantined(long job, String reason) {
    LOG.atError()
        .addKeyValue("event", "job-quarantined")
        .addKeyValue("job", job)
        .addKeyValue("reason", reason)
        .log("Job {}: in quarantine, {}", job, reason);
  }

  /** Something keeps the worker from taking jobs. */
  public void troubleBegan(String where, String reason) {
    LOG.atWarn()
        .addKeyValue("event", "trouble")
        .addKeyValue("where", where)
        .addKeyValue("reason", reason)
        .log("In trouble, taking no jobs: {}: {}", where, reason);
  }

  /** Nothing is sent any more until a person has looked. */
  public void halted(String where, String reason) {
    LOG.atError()
        .addKeyValue("event", "halted")
        .addKeyValue("where", where)
        .addKeyValue("reason", reason)
        .log("HALTED, sending nothing until somebody looks: {}: {}", where, reason);
  }

  /** What kept the worker from taking jobs is over. */
  public void troubleEnded(String where) {
    info("trouble-over").addKeyValue("where", where).log("Out of trouble: {}", where);
  }

  /** The chain took blocks back. */
  public void reorganised(long ancestor, Hash hash) {
    LOG.atWarn()
        .addKeyValue("event", "reorganised")
        .addKeyValue("ancestor", ancestor)
        .log("The chain was reorganised; reading again from block {} {}", ancestor, hash);
  }

  /** A node has shown what it kept back before. */
  public void withheld(long events) {
    LOG.atWarn()
        .addKeyValue("event", "withheld")
        .addKeyValue("events", events)
        .log("The node had kept back {} events of blocks that were read already", events);
  }

  /** A defect of this program; the work it met is tried again. */
  public void defect(String where, Throwable failure) {
    LOG.atError()
        .addKeyValue("event", "defect")
        .addKeyValue("where", where)
        .setCause(failure)
        .log("Unexpected failure in {}", where);
  }

  private static LoggingEventBuilder info(String event) {
    return LOG.atInfo().addKeyValue("event", event);
  }

  private static LoggingEventBuilder ofJob(String event, long job) {
    return info(event).addKeyValue("job", job);
  }
}
