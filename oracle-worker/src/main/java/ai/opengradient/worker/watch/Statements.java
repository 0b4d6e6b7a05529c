package ai.opengradient.worker.watch;

import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.dispute.Accumulation;
import ai.opengradient.worker.dispute.Event;
import ai.opengradient.worker.dispute.Evidence;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The court's events in the words of an interrogation. */
final class Statements {
  private Statements() {}

  /** All that was published about a job, with the terms that this challenge has added. */
  static Evidence evidence(List<CourtEvent> events, long challenge) {
    Evidence evidence = Evidence.NONE;
    for (CourtEvent event : events) {
      Optional<Event> statement = statement(event, challenge);
      if (statement.isPresent()) {
        evidence = evidence.with(statement.get());
      }
    }
    return evidence;
  }

  private static Optional<Event> statement(CourtEvent event, long challenge) {
    return switch (event) {
      case CourtEvent.TraceAsserted asserted ->
          Optional.of(new Event.TraceAsserted(asserted.root()));
      case CourtEvent.HashesRevealed revealed ->
          Optional.of(new Event.HashesRevealed(revealed.path(), revealed.hashes()));
      case CourtEvent.LeafRevealed revealed ->
          Optional.of(new Event.LeafRevealed(revealed.path(), revealed.leaf()));
      case CourtEvent.Accumulated added ->
          added.challenge() == challenge
              ? Optional.of(
                  new Event.Accumulated(
                      new Accumulation(
                          added.node(), added.element(), added.until(), added.accumulator())))
              : Optional.empty();
      case CourtEvent.ChallengeCommitted _,
          CourtEvent.ChallengeOpened _,
          CourtEvent.TraceDue _,
          CourtEvent.Asked _,
          CourtEvent.VoidRevealed _,
          CourtEvent.StepDisproved _,
          CourtEvent.OutputDisproved _,
          CourtEvent.WorkerSilent _,
          CourtEvent.ClaimRefuted _,
          CourtEvent.ChallengeLost _,
          CourtEvent.TimeoutRewarded _,
          CourtEvent.ChallengeForfeited _,
          CourtEvent.BondReturned _,
          CourtEvent.Settled _ ->
          Optional.empty();
    };
  }

  /** The coin that a challenge has prepaid for answers so far, in wei. */
  static BigInteger prepaid(List<CourtEvent> events, long challenge) {
    return events.stream()
        .filter(CourtEvent.Asked.class::isInstance)
        .map(CourtEvent.Asked.class::cast)
        .filter(asked -> asked.challenge() == challenge)
        .map(CourtEvent.Asked::prepaid)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
