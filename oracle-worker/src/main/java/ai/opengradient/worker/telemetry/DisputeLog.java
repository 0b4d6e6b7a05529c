package ai.opengradient.worker.telemetry;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Amount;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Every line about disputes, each a method. What stays as it was is told once. */
public final class DisputeLog {

  private static final Logger LOG = LoggerFactory.getLogger("opg.dispute");

  private final Map<String, String> told = new ConcurrentHashMap<>();

  /** The watcher is up. */
  public void watching(Object account) {
    event("watching").addKeyValue("account", account.toString()).log("{} watches", account);
  }

  /** What a move needs can't be had at this moment; it is tried again. */
  public void unprepared(long job, String reason) {
    if (isNews("unprepared/" + job, reason)) {
      LOG.atWarn()
          .addKeyValue("event", "unprepared")
          .addKeyValue("job", job)
          .addKeyValue("reason", reason)
          .log("Job {}: not ready to move in court: {}", job, reason);
    }
  }

  /** The claim can't be defended. */
  public void indefensible(long job, String reason) {
    if (isNews("indefensible/" + job, reason)) {
      LOG.atError()
          .addKeyValue("event", "indefensible")
          .addKeyValue("job", job)
          .addKeyValue("reason", reason)
          .log("Job {}: the claim can't be defended: {}", job, reason);
    }
  }

  /** The trace is being asserted. */
  public void asserting(long job, Hash root) {
    ofJob("asserting", job)
        .addKeyValue("root", root.toString())
        .log("Job {}: challenged; asserting the trace {}", job, root);
  }

  /** A question is being answered. */
  public void answering(long job, Object path) {
    ofJob("answering", job)
        .addKeyValue("path", path.toString())
        .log("Job {}: answering {}", job, path);
  }

  /** A dispute is over. */
  public void settled(long job, boolean upheld) {
    ofJob("settled", job)
        .addKeyValue("upheld", upheld)
        .log("Job {}: the claim {}", job, upheld ? "stands" : "has fallen");
  }

  /** A challenge is over. */
  public void concluded(long job, long challenge, String how) {
    ofJob("concluded", job)
        .addKeyValue("challenge", challenge)
        .addKeyValue("how", how)
        .log("Job {}: challenge {} is over: {}", job, challenge, how);
  }

  /** A claim was looked at and is right, or can't be told from a right one. */
  public void cleared(long job, String by) {
    ofJob("cleared", job).addKeyValue("by", by).log("Job {}: right, says {}", job, by);
  }

  /** A claim is left to others. */
  public void passedOver(long job, String reason) {
    ofJob("passed-over", job)
        .addKeyValue("reason", reason)
        .log("Job {}: not watched, {}", job, reason);
  }

  /** A claim is wrong. */
  public void caught(long job, String difference) {
    LOG.atWarn()
        .addKeyValue("event", "caught")
        .addKeyValue("job", job)
        .addKeyValue("difference", difference)
        .log("Job {}: the claim is wrong: {}", job, difference);
  }

  /** A challenge is being committed to. */
  public void challenging(long job, Amount bond) {
    ofJob("challenging", job)
        .addKeyValue("bond", bond.toString())
        .log("Job {}: challenging with a bond of {} OPG", job, bond);
  }

  /** A move of a challenge is being made. */
  public void moving(long job, long challenge, String move) {
    ofJob("moving", job)
        .addKeyValue("challenge", challenge)
        .addKeyValue("move", move)
        .log("Job {}: challenge {}: {}", job, challenge, move);
  }

  /** A transaction is settled. */
  public void sent(String effect, String outcome) {
    event("sent")
        .addKeyValue("effect", effect)
        .addKeyValue("outcome", outcome)
        .log("{}: {}", effect, outcome);
  }

  /** The chain can't be asked. */
  public void chainTrouble(String reason) {
    if (isNews("chain", reason)) {
      LOG.atWarn()
          .addKeyValue("event", "chain-trouble")
          .addKeyValue("reason", reason)
          .log("Can't look at the chain: {}", reason);
    }
  }

  /** Nothing can be written down, so nothing is done. */
  public void diskTrouble(String reason) {
    if (isNews("disk", reason)) {
      LOG.atWarn()
          .addKeyValue("event", "disk-trouble")
          .addKeyValue("reason", reason)
          .log("Can't go on: {}", reason);
    }
  }

  /** A defect of this program; the work it met is tried again. */
  public void defect(String where, Throwable failure) {
    LOG.atError()
        .addKeyValue("event", "defect")
        .addKeyValue("where", where)
        .setCause(failure)
        .log("Unexpected failure in {}", where);
  }

  private boolean isNews(String subject, String text) {
    return !text.equals(told.put(subject, text));
  }

  private static LoggingEventBuilder event(String event) {
    return LOG.atInfo().addKeyValue("event", event);
  }

  private static LoggingEventBuilder ofJob(String event, long job) {
    return event(event).addKeyValue("job", job);
  }
}
