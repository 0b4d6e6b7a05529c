package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.dispute.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of a dispute waits for an answer. */
final class Questions {
  private Questions() {}

  /** A question, and until when it has to be answered. */
  record Question(Path path, long deadline) {}

  /**
   * The questions that can still be answered, earliest deadline first; each once, whoever asked it.
   *
   * @param now chain time, seconds
   */
  static List<Question> open(List<CourtEvent> events, long now) {
    Map<Path, Long> deadlines = new LinkedHashMap<>();
    for (CourtEvent event : events) {
      switch (event) {
        case CourtEvent.Asked asked when asked.deadline() > now ->
            deadlines.merge(asked.path(), asked.deadline(), Math::min);
        case CourtEvent.HashesRevealed revealed -> deadlines.remove(revealed.path());
        case CourtEvent.LeafRevealed revealed -> deadlines.remove(revealed.path());
        case CourtEvent.VoidRevealed revealed -> deadlines.remove(revealed.path());
        case CourtEvent.Asked _,
            CourtEvent.ChallengeCommitted _,
            CourtEvent.ChallengeOpened _,
            CourtEvent.TraceDue _,
            CourtEvent.TraceAsserted _,
            CourtEvent.Accumulated _,
            CourtEvent.StepDisproved _,
            CourtEvent.OutputDisproved _,
            CourtEvent.WorkerSilent _,
            CourtEvent.ClaimRefuted _,
            CourtEvent.ChallengeLost _,
            CourtEvent.TimeoutRewarded _,
            CourtEvent.ChallengeForfeited _,
            CourtEvent.BondReturned _,
            CourtEvent.Settled _ -> {}
      }
    }
    return deadlines.entrySet().stream()
        .map(question -> new Question(question.getKey(), question.getValue()))
        .sorted(Comparator.comparingLong(Question::deadline))
        .toList();
  }
}
