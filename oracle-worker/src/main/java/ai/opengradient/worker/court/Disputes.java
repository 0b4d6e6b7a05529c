package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Dispute;
import java.util.List;

/** What everybody may do about a dispute, once it is due. */
public final class Disputes {
  private Disputes() {}

  /** Which challenges of a job were opened, earliest first. */
  public static List<Long> challenges(List<CourtEvent> events) {
    return events.stream()
        .filter(CourtEvent.ChallengeOpened.class::isInstance)
        .map(event -> ((CourtEvent.ChallengeOpened) event).challenge())
        .distinct()
        .toList();
  }

  /** Whether the market can be told how a dispute ended. */
  public static boolean isSettleable(CourtReader court, Dispute dispute, BlockReference newest) {
    if (dispute.stage() != Dispute.Stage.DISPUTED) {
      return false;
    }
    if (!dispute.isRefuted()) {
      return dispute.pending() == 0 && newest.timestamp() >= dispute.windowEnd();
    }
    return newest.timestamp()
        >= dispute.refutedAt() + court.parameters(dispute.parameters()).extension();
  }
}
