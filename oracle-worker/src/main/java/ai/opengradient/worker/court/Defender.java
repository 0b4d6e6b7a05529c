package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.CourtTurn;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.Dispute;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.dispute.Defence;
import ai.opengradient.worker.dispute.DisputeException;
import ai.opengradient.worker.dispute.Recheck;
import ai.opengradient.worker.telemetry.DisputeLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * Defends a worker's claims in court: asserts the trace, answers what is asked, ends challenges
 * whose challenger is silent, settles, and takes what it is owed. What it keeps is only a cache:
 * each look derives everything from the chain. For use by one thread.
 */
public final class Defender {
  private final ChainClient node;
  private final MarketReader market;
  private final CourtReader court;
  private final CourtCalls calls;
  private final DefenceSource defences;
  private final CourtSends sends;
  private final Collection collection;
  private final Address worker;
  private final DisputeLog log;

  private final Preparation<Prepared> preparation;
  private final Set<Long> disputed = new TreeSet<>();

  /** At which block disputes were seen to be over, by job: a reorganisation may reopen them. */
  private final Map<Long, Long> over = new HashMap<>();

  private volatile OptionalLong nextDeadline = OptionalLong.empty();
  private final BlockReading blocks;
  private final DisputeEvents announced;

  /** What answers the court, and what it answers from. */
  private record Prepared(PreparedDefence source, Defence defence) {}

  /**
   * @param worker whose claims are defended; it sends for itself
   * @param threads prepare defences
   */
  public Defender(
      ChainClient node,
      Deployment deployment,
      DefenceSource defences,
      CourtSends sends,
      Address worker,
      Executor threads,
      DisputeLog log) {
    this.node = node;
    this.market = new MarketReader(node, deployment);
    this.court = new CourtReader(node, deployment);
    this.calls = new CourtCalls(deployment);
    this.defences = defences;
    this.sends = sends;
    this.collection = new Collection(node, court, calls, sends, worker);
    this.worker = worker;
    this.preparation = new Preparation<>(threads);
    this.log = log;
    this.blocks = new BlockReading(node, deployment);
    this.announced = new DisputeEvents(node, court);
  }

  /**
   * Looks at the chain once, and has sent what is due, earliest deadline first.
   *
   * @throws ai.opengradient.worker.chain.ChainException if the chain can't be asked
   */
  public void look() {
    BlockReference newest = node.newestBlock();
    blocks.recent(newest, this::read);
    List<Due> due = new ArrayList<>();
    for (long job : disputed) {
      if (newest.number() - over.getOrDefault(job, newest.number()) < BlockReading.UNSETTLED) {
        due.addAll(defend(job, newest));
      }
    }
    nextDeadline =
        due.stream().mapToLong(Due::deadline).filter(deadline -> deadline != Long.MAX_VALUE).min();
    Due.sendAll(due);
    if (!disputed.isEmpty()) {
      collection.fromCourt();
    }
    blocks.older(this::read);
  }

  /**
   * Until when the next move is due, as the last look found it, in chain time. Any thread may call
   * it.
   */
  public OptionalLong nextDeadline() {
    return nextDeadline;
  }

  private void read(long from, long to) {
    disputed.addAll(court.disputed(worker, from, to));
  }

  /** What can't be read of one job keeps no other. */
  private List<Due> defend(long job, BlockReference newest) {
    try {
      return defend(court.dispute(job), newest);
    } catch (ChainException.Undecodable | ChainException.CallRefused unreadable) {
      log.unprepared(job, String.valueOf(unreadable.getMessage()));
      return List.of();
    }
  }

  private List<Due> defend(Dispute dispute, BlockReference newest) {
    return switch (dispute.stage()) {
      case NONE -> List.of();
      case DISPUTED -> {
        over.remove(dispute.job());
        Job job = market.job(dispute.job());
        List<CourtEvent> events = announced.of(job);
        List<Due> due = new ArrayList<>();
        if (!dispute.isRefuted()) {
          due.addAll(answers(dispute, job, events, newest));
          due.addAll(timeouts(events, newest));
        }
        if (Disputes.isToBeSettled(court, dispute, !dispute.isRefuted(), newest)) {
          due.add(
              Due.whenever(
                  () -> sends.send(CourtEffect.SETTLE.of(job.id()), () -> calls.settle(job.id()))));
        }
        yield due;
      }
      case UPHELD, REFUTED -> conclude(dispute, newest);
    };
  }

  private List<Due> answers(
      Dispute dispute, Job job, List<CourtEvent> events, BlockReference newest) {
    List<Questions.Question> open = Questions.open(events, newest.timestamp());
    if (dispute.isAsserted() && open.isEmpty()) {
      return List.of();
    }
    Optional<Prepared> ready = prepared(job);
    if (ready.isEmpty()) {
      return List.of();
    }
    Prepared prepared = ready.get();
    return dispute.isAsserted()
        ? reveals(dispute, prepared, open)
        : assertion(dispute, prepared, newest);
  }

  private Optional<Prepared> prepared(Job job) {
    try {
      return preparation.of(job.id(), () -> prepare(job));
    } catch (ExecutionException failure) {
      log.unprepared(job.id(), String.valueOf(failure.getCause()));
      return Optional.empty();
    }
  }

  private Prepared prepare(Job job) throws Exception {
    PreparedDefence prepared = defences.prepare(job);
    return new Prepared(prepared, prepared.defence());
  }

  private List<Due> assertion(Dispute dispute, Prepared prepared, BlockReference newest) {
    long deadline = dispute.openedAt() + court.parameters(dispute.parameters()).assertPeriod();
    if (newest.timestamp() >= deadline) {
      return List.of();
    }
    return switch (prepared.source().recheck()) {
      case Recheck.Wrong wrong -> {
        log.indefensible(dispute.job(), wrong.difference().text());
        yield List.of();
      }
      // One that is damaged was made anew.
      case Recheck.Sound _, Recheck.Damaged _ ->
          List.of(
              new Due(
                  deadline,
                  () -> {
                    boolean begun =
                        sends.send(
                            CourtEffect.ASSERT_TRACE.of(dispute.job()),
                            deadline,
                            () ->
                                calls.assertTrace(
                                    dispute.job(),
                                    prepared.defence().top(),
                                    prepared.defence().program()));
                    if (begun) {
                      log.asserting(dispute.job(), prepared.defence().root());
                    }
                  }));
    };
  }

  private List<Due> reveals(
      Dispute dispute, Prepared prepared, List<Questions.Question> questions) {
    if (!prepared.defence().root().equals(dispute.traceRoot())) {
      log.indefensible(
          dispute.job(), "the trace that was asserted is " + dispute.traceRoot() + ", not ours");
      return List.of();
    }
    return questions.stream()
        .map(question ->
            new Due(question.deadline(), () -> reveal(dispute.job(), prepared, question)))
        .toList();
  }

  private void reveal(long job, Prepared prepared, Questions.Question question) {
    try {
      boolean begun =
          sends.send(
              CourtEffect.REVEAL.of(job, question.path().word().toString(16)),
              question.deadline(),
              () -> calls.reveal(job, prepared.defence().answer(question.path())));
      if (begun) {
        log.answering(job, question.path());
      }
    } catch (DisputeException unanswerable) {
      log.unprepared(job, String.valueOf(unanswerable.getMessage()));
    }
  }

  /** A challenger's silence loses when somebody says so. */
  private List<Due> timeouts(List<CourtEvent> events, BlockReference newest) {
    return Disputes.challenges(events).stream()
        .filter(challenge ->
            court.turn(challenge).isTimedOut(CourtTurn.Side.CHALLENGER, newest.timestamp()))
        .map(challenge ->
            Due.whenever(() ->
                sends.send(CourtEffect.TIMEOUT.of(challenge), () -> calls.timeout(challenge))))
        .toList();
  }

  private List<Due> conclude(Dispute dispute, BlockReference newest) {
    if (over.putIfAbsent(dispute.job(), newest.number()) != null) {
      return List.of();
    }
    forget(market.job(dispute.job()));
    log.settled(dispute.job(), dispute.stage() == Dispute.Stage.UPHELD);
    return List.of();
  }

  /** What is kept of it may be from a life before this. */
  private void forget(Job job) {
    announced.forget(job.id());
    try {
      Optional<Prepared> prepared = preparation.forget(job.id());
      if (prepared.isPresent()) {
        prepared.get().source().close();
      }
      defences.forget(job);
    } catch (IOException kept) {
      log.unprepared(job.id(), String.valueOf(kept.getMessage()));
    }
  }
}
