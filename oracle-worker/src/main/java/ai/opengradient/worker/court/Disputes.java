package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Dispute;
import java.util.List;

/** What everybody may do about a dispute, once it is due. */
public final class Disputes {
  /** How long the others leave it to the winner, in seconds. */
  private static final long GRACE = 60;

  private Disputes() {}

  /** Which challenges of a job were opened, earliest first. */
  public static List<Long> challenges(List<CourtEvent> events) {
    return events.stream()
        .filter(CourtEvent.ChallengeOpened.class::isInstance)
        .map(event -> ((CourtEvent.ChallengeOpened) event).challenge())
        .distinct()
        .toList();
  }

  /**
   * Whether the market is to be told how a dispute ended. Everybody may do it once, so that who has
   * won comes first, and the others when nobody has done it.
   *
   * @param won whether the caller gains by the verdict
   */
  public static boolean isToBeSettled(
      CourtReader court, Dispute dispute, boolean won, BlockReference newest) {
    if (dispute.stage() != Dispute.Stage.DISPUTED) {
      return false;
    }
    if (!dispute.isRefuted() && dispute.pending() > 0) {
      return false;
    }
    long settleable =
        dispute.isRefuted()
            ? dispute.refutedAt() + court.parameters(dispute.parameters()).extension()
            : dispute.windowEnd();
    return newest.timestamp() >= settleable + (won ? 0 : GRACE);
  }
}
