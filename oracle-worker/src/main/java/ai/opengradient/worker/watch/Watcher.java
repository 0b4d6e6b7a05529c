package ai.opengradient.worker.watch;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.Challenge;
import ai.opengradient.worker.chain.ChallengeCommitment;
import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.LogPosition;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.MarketEvent;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.TokenCalls;
import ai.opengradient.worker.chain.TokenReader;
import ai.opengradient.worker.config.WatchPolicy;
import ai.opengradient.worker.court.BlockReading;
import ai.opengradient.worker.court.Collection;
import ai.opengradient.worker.court.CourtEffect;
import ai.opengradient.worker.court.CourtSends;
import ai.opengradient.worker.court.Due;
import ai.opengradient.worker.court.OpenTrace;
import ai.opengradient.worker.court.Preparation;
import ai.opengradient.worker.court.Subjects;
import ai.opengradient.worker.court.TraceStore;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.StockProcesses;
import ai.opengradient.worker.telemetry.DisputeLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;

/**
 * Looks at claims and challenges those that are wrong. What it keeps is only a cache: each look
 * derives everything from the chain and from the key. For use by one thread.
 */
public final class Watcher {
  private final ChainClient node;
  private final Deployment deployment;
  private final MarketReader market;
  private final CourtReader court;
  private final TokenReader token;
  private final CourtCalls calls;
  private final Subjects subjects;
  private final TraceStore traces;
  private final Inspection inspection;
  private final Choice choice;
  private final Pursuit pursuit;
  private final Collection collection;
  private final CourtSends sends;
  private final Secrets secrets;
  private final DisputeLog log;

  private final Preparation<Finding> findings;

  /** Where the claims stand, by job. */
  private final Map<Long, LogPosition> claimed = new TreeMap<>();

  /** Jobs whose dispute is ours and is older than any deadline. */
  private final Set<Long> unended = new TreeSet<>();

  private final Set<Long> over = new HashSet<>();

  /** At which block challenges of ours were seen to be over: a reorganisation may reopen them. */
  private final Map<Long, Long> concluded = new HashMap<>();

  /** Challenges that were committed to, by commitment. */
  private final Map<Hash, Long> committed = new HashMap<>();

  private final BlockReading blocks;

  /**
   * What follows from the watcher's key, by job.
   *
   * @param salts hide which job a challenge means
   * @param lots draw the share of claims
   */
  public record Secrets(Address account, LongFunction<Hash> salts, LongFunction<Hash> lots) {}

  /**
   * A watcher that sends for its own account.
   *
   * @param threads inspect claims
   */
  public Watcher(
      ChainClient node,
      Deployment deployment,
      Subjects subjects,
      TraceStore traces,
      StockProcesses stock,
      CanonicalProcess canonical,
      CourtSends sends,
      Secrets secrets,
      WatchPolicy policy,
      Executor threads,
      DisputeLog log) {
    this.node = node;
    this.deployment = deployment;
    this.market = new MarketReader(node, deployment);
    this.court = new CourtReader(node, deployment);
    this.token = new TokenReader(node, deployment);
    this.calls = new CourtCalls(deployment);
    this.subjects = subjects;
    this.traces = traces;
    this.inspection = new Inspection(stock, canonical, traces);
    this.choice = new Choice(policy, secrets.account(), secrets.lots());
    this.pursuit = new Pursuit(node, court, calls, sends, policy.coinLimit(), log);
    this.collection = new Collection(node, court, calls, sends, secrets.account());
    this.sends = sends;
    this.secrets = secrets;
    this.findings = new Preparation<>(threads);
    this.log = log;
    this.blocks = new BlockReading(node, deployment);
  }

  /**
   * Looks at the chain once, and has sent what is due, earliest deadline first.
   *
   * @throws ai.opengradient.worker.chain.ChainException if the chain can't be asked
   */
  public void look() {
    BlockReference newest = node.newestBlock();
    blocks.recent(newest, this::read);
    Set<Long> jobs = new TreeSet<>(claimed.keySet());
    jobs.addAll(unended);
    jobs.removeIf(job -> over.contains(job) && !mayReopen(job, newest));
    List<Due> due = new ArrayList<>();
    for (long job : jobs) {
      due.addAll(watch(job, newest));
    }
    Due.sendAll(due);
    if (!committed.isEmpty()) {
      collect();
    }
    blocks.older(this::readOlder);
  }

  private boolean mayReopen(long job, BlockReference newest) {
    Long block = concluded.get(job);
    return block != null && newest.number() - block < BlockReading.UNSETTLED;
  }

  private void read(long from, long to) {
    for (MarketEvent.JobClaimed claim : market.claims(from, to)) {
      LogPosition before = claimed.put(claim.job(), claim.position());
      if (before != null && !before.equals(claim.position())) {
        // The chain was reorganised: it may be another claim.
        over.remove(claim.job());
        forget(claim.job());
      }
    }
    for (CourtEvent.ChallengeCommitted ours : court.committed(secrets.account(), from, to)) {
      committed.put(ours.commitment(), ours.challenge());
    }
  }

  /** Nobody can challenge such old claims any more, but a challenge of ours may still be open. */
  private void readOlder(long from, long to) {
    for (CourtEvent.ChallengeCommitted ours : court.committed(secrets.account(), from, to)) {
      committed.put(ours.commitment(), ours.challenge());
      Challenge challenge = court.challenge(ours.challenge());
      if (challenge.status() == Challenge.Status.OPEN) {
        unended.add(challenge.job());
      }
    }
  }

  /** What can't be read of one job keeps no other. */
  private List<Due> watch(long id, BlockReference newest) {
    try {
      return watch(market.job(id), newest);
    } catch (ChainException.Undecodable | ChainException.CallRefused unreadable) {
      log.unprepared(id, String.valueOf(unreadable.getMessage()));
      return List.of();
    }
  }

  private List<Due> watch(Job job, BlockReference newest) {
    Optional<Challenge> challenge =
        Optional.ofNullable(committed.get(commitment(job.id()))).map(court::challenge);
    return challenge.isPresent()
        ? challenged(job, challenge.get(), newest)
        : unchallenged(job, newest);
  }

  private Hash commitment(long job) {
    return ChallengeCommitment.of(deployment, secrets.account(), job, secrets.salts().apply(job));
  }

  private List<Due> unchallenged(Job job, BlockReference newest) {
    boolean isOpen =
        (job.state() == JobState.CLAIMED || job.state() == JobState.FROZEN)
            && newest.timestamp() < job.phaseEnd();
    if (!isOpen) {
      done(job);
      return List.of();
    }
    Optional<String> objection = choice.objection(job, subjects.version(job.version()));
    if (objection.isPresent()) {
      log.passedOver(job.id(), objection.get());
      done(job);
      return List.of();
    }
    Optional<Finding> finding = finding(job, false);
    if (finding.isEmpty()) {
      return List.of();
    }
    return switch (finding.get()) {
      case Finding.Right right -> {
        log.cleared(job.id(), right.by());
        done(job);
        yield List.of();
      }
      case Finding.Wrong _ -> List.of(new Due(job.phaseEnd(), () -> commit(job)));
    };
  }

  /** What an inspection found; nothing while it goes on. */
  private Optional<Finding> finding(Job job, boolean isChallenged) {
    try {
      return findings.of(job.id(), () -> find(job, isChallenged));
    } catch (ExecutionException failure) {
      log.unprepared(job.id(), String.valueOf(failure.getCause()));
      return Optional.empty();
    }
  }

  private Finding find(Job job, boolean isChallenged) throws Exception {
    var subject = subjects.of(job);
    Finding found = isChallenged ? inspection.decide(subject) : inspection.inspect(subject);
    if (found instanceof Finding.Wrong wrong) {
      log.caught(job.id(), wrong.difference().text());
    }
    return found;
  }

  /** Commits to a challenge, once the court may take the bond. */
  private void commit(Job job) {
    if (court.dispute(job.id()).isRefuted()) {
      log.passedOver(job.id(), "the claim has fallen already");
      done(job);
      return;
    }
    Amount bond = court.minimumBond(job.id());
    if (staked().plus(bond).compareTo(choice.policy().bondLimit()) > 0) {
      log.unprepared(job.id(), "a bond of " + bond + " OPG would go beyond watch.bond-limit");
      return;
    }
    if (token.balance(secrets.account()).compareTo(bond) < 0) {
      log.unprepared(job.id(), "the account has no " + bond + " OPG for the bond; send it some");
      return;
    }
    if (token.allowance(secrets.account(), deployment.court()).compareTo(bond) < 0) {
      sends.send(
          CourtEffect.APPROVE.of(job.id()),
          job.phaseEnd(),
          () ->
              new TokenCalls(deployment).approve(deployment.court(), choice.policy().bondLimit()));
      return;
    }
    if (sends.send(
        CourtEffect.CHALLENGE.of(job.id()),
        job.phaseEnd(),
        () -> calls.challenge(commitment(job.id()), bond))) {
      log.challenging(job.id(), bond);
    }
  }

  /** The bonds of our challenges that are not over. */
  private Amount staked() {
    return committed.values().stream()
        .map(court::challenge)
        .filter(challenge ->
            challenge.status() == Challenge.Status.COMMITTED
                || challenge.status() == Challenge.Status.OPEN)
        .map(Challenge::bond)
        .reduce(Amount.ZERO, Amount::plus);
  }

  private List<Due> challenged(Job job, Challenge challenge, BlockReference newest) {
    return switch (challenge.status()) {
      case NONE -> List.of();
      case COMMITTED -> {
        reopen(job);
        yield open(job, challenge, newest);
      }
      case OPEN -> {
        reopen(job);
        yield pursuit.play(job, challenge, () -> trace(job), newest);
      }
      case FORFEITED, LOST, RETURNED -> conclude(job, challenge, newest);
    };
  }

  /** The canonical run of a claim that is wrong. */
  private Optional<OpenTrace> trace(Job job) {
    return finding(job, true)
        .filter(Finding.Wrong.class::isInstance)
        .map(wrong -> ((Finding.Wrong) wrong).trace());
  }

  private List<Due> open(Job job, Challenge challenge, BlockReference newest) {
    if (newest.timestamp() >= challenge.deadline()) {
      log.concluded(job.id(), challenge.id(), "not opened in time");
      done(job);
      return List.of();
    }
    return newest.timestamp() <= challenge.since()
        ? List.of()
        : List.of(
            new Due(
                challenge.deadline(),
                () -> {
                  boolean begun =
                      sends.send(
                          CourtEffect.OPEN.of(challenge.id()),
                          challenge.deadline(),
                          () ->
                              calls.open(
                                  challenge.id(), job.id(), secrets.salts().apply(job.id())));
                  if (begun) {
                    log.moving(job.id(), challenge.id(), "opening");
                  }
                }));
  }

  private void reopen(Job job) {
    if (concluded.remove(job.id()) != null) {
      over.remove(job.id());
    }
  }

  private List<Due> conclude(Job job, Challenge challenge, BlockReference newest) {
    if (concluded.putIfAbsent(job.id(), newest.number()) != null) {
      return List.of();
    }
    log.concluded(job.id(), challenge.id(), challenge.status().toString());
    done(job);
    return List.of();
  }

  /** Takes bonds, rewards, and what was prepaid for nothing. */
  private void collect() {
    collection.fromCourt();
    Address self = secrets.account();
    if (market.balance(self).units().signum() > 0) {
      collection.take(
          CourtEffect.MARKET_WITHDRAW, () -> new MarketCalls(deployment).withdraw(self));
    }
  }

  private void done(Job job) {
    over.add(job.id());
    pursuit.forget(job.id());
    forget(job.id());
    try {
      traces.forget(job);
    } catch (IOException kept) {
      log.unprepared(job.id(), String.valueOf(kept.getMessage()));
    }
  }

  private void forget(long job) {
    findings
        .forget(job)
        .filter(Finding.Wrong.class::isInstance)
        .ifPresent(wrong -> ((Finding.Wrong) wrong).trace().close());
  }
}
