package ai.opengradient.worker.watch;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Challenge;
import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.CourtTurn;
import ai.opengradient.worker.chain.Dispute;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.court.CourtEffect;
import ai.opengradient.worker.court.CourtSends;
import ai.opengradient.worker.court.DisputeEvents;
import ai.opengradient.worker.court.Disputes;
import ai.opengradient.worker.court.Due;
import ai.opengradient.worker.court.OpenTrace;
import ai.opengradient.worker.dispute.Budget;
import ai.opengradient.worker.dispute.DisputeException;
import ai.opengradient.worker.dispute.Interrogation;
import ai.opengradient.worker.dispute.Move;
import ai.opengradient.worker.dispute.NodeOpening;
import ai.opengradient.worker.dispute.Path;
import ai.opengradient.worker.telemetry.DisputeLog;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Plays an open challenge: asks, proves, ends it when the worker is silent, settles. */
final class Pursuit {
  /** What one transaction of a proof may take. */
  private static final Budget BUDGET = new Budget(2_000_000, 48_000);

  private final ChainClient node;
  private final CourtReader court;
  private final CourtCalls calls;
  private final CourtSends sends;
  private final BigInteger coinLimit;
  private final DisputeLog log;
  private final DisputeEvents announced;

  Pursuit(
      ChainClient node,
      CourtReader court,
      CourtCalls calls,
      CourtSends sends,
      BigInteger coinLimit,
      DisputeLog log) {
    this.node = node;
    this.court = court;
    this.calls = calls;
    this.sends = sends;
    this.coinLimit = coinLimit;
    this.log = log;
    this.announced = new DisputeEvents(node, court);
  }

  /** Lets go of what is kept of a job that needs no look any more. */
  void forget(long job) {
    announced.forget(job);
  }

  /**
   * What is due about an open challenge of ours.
   *
   * @param trace the canonical run; asked for only if there is something to say
   */
  List<Due> play(
      Job job, Challenge challenge, Supplier<Optional<OpenTrace>> trace, BlockReference newest) {
    Dispute dispute = court.dispute(job.id());
    if (dispute.stage() == Dispute.Stage.REFUTED) {
      return List.of(
          Due.whenever(() ->
              sends.send(
                  CourtEffect.RECLAIM.of(challenge.id()), () -> calls.reclaim(challenge.id()))));
    }
    boolean won = dispute.winner() == challenge.id();
    if (Disputes.isToBeSettled(court, dispute, won, newest)) {
      return List.of(
          Due.whenever(
              () -> sends.send(CourtEffect.SETTLE.of(job.id()), () -> calls.settle(job.id()))));
    }
    CourtTurn turn = court.turn(challenge.id());
    if (turn.isTimedOut(CourtTurn.Side.WORKER, newest.timestamp())) {
      return List.of(
          Due.whenever(() ->
              sends.send(
                  CourtEffect.TIMEOUT.of(challenge.id()), () -> calls.timeout(challenge.id()))));
    }
    return dispute.isAsserted() && isOfUse(dispute, challenge)
        ? trace.get().map(run -> move(job, dispute, challenge, turn, run)).orElseGet(List::of)
        : List.of();
  }

  /** A claim that has fallen can fall again only to a challenge that was committed earlier. */
  private static boolean isOfUse(Dispute dispute, Challenge challenge) {
    return !dispute.isRefuted() || challenge.id() < dispute.winner();
  }

  private List<Due> move(
      Job job, Dispute dispute, Challenge challenge, CourtTurn turn, OpenTrace trace) {
    List<CourtEvent> events = announced.of(job);
    try {
      Move next =
          new Interrogation(trace.run(), trace.subject().tensors(), trace.subject().bands(), BUDGET)
              .next(Statements.evidence(events, challenge.id()));
      return switch (next) {
        case Move.Await _ -> List.of();
        case Move.Concede _ -> {
          log.moving(job.id(), challenge.id(), "nothing to prove; it is lost");
          yield List.of();
        }
        case Move.Ask ask ->
            turn.side() == CourtTurn.Side.CHALLENGER
                ? ask(dispute, challenge, ask, turn, events)
                : List.of();
        case Move.ProveMore more ->
            prove(
                job,
                challenge,
                turn,
                CourtEffect.PROVE_MORE.of(
                    challenge.id(),
                    more.proof().step().position(),
                    more.proof().step().element(),
                    more.until()),
                () -> calls.proveMore(challenge.id(), more));
        case Move.ProveStep step ->
            prove(
                job,
                challenge,
                turn,
                CourtEffect.PROVE_STEP.of(challenge.id()),
                () -> calls.proveStep(challenge.id(), step));
        case Move.ProveOutput output ->
            prove(
                job,
                challenge,
                turn,
                CourtEffect.PROVE_OUTPUT.of(challenge.id()),
                () -> calls.proveOutput(challenge.id(), output));
      };
    } catch (DisputeException unfitting) {
      log.unprepared(job.id(), String.valueOf(unfitting.getMessage()));
      return List.of();
    }
  }

  private List<Due> prove(
      Job job, Challenge challenge, CourtTurn turn, String effect, Supplier<Call> call) {
    return List.of(
        new Due(
            turn.deadline(),
            () -> {
              if (sends.send(effect, turn.deadline(), call)) {
                log.moving(job.id(), challenge.id(), effect);
              }
            }));
  }

  private List<Due> ask(
      Dispute dispute, Challenge challenge, Move.Ask ask, CourtTurn turn, List<CourtEvent> events) {
    // The base fee may double before the question is mined.
    BigInteger prepayment = court.prepayment(ask.path(), node.gasPrices().base().shiftLeft(1));
    BigInteger before = Statements.prepaid(events, challenge.id());
    if (before.add(prepayment).compareTo(coinLimit) > 0) {
      log.unprepared(
          dispute.job(),
          "the next answer costs " + prepayment + " wei; watch.coin-limit is reached");
      return List.of();
    }
    Optional<NodeOpening> opening =
        ask.path() instanceof Path.Leaves leaves
                && !court.isKnown(dispute.programRoot(), leaves.node())
            ? ask.node()
            : Optional.empty();
    return List.of(
        new Due(
            turn.deadline(),
            () -> {
              boolean begun =
                  sends.send(
                      CourtEffect.ASK.of(challenge.id(), ask.path().word().toString(16)),
                      turn.deadline(),
                      () -> calls.ask(challenge.id(), ask.path(), opening, prepayment));
              if (begun) {
                log.moving(dispute.job(), challenge.id(), "asking for " + ask.path());
              }
            }));
  }
}
