package ai.opengradient.worker.watch;

import ai.opengradient.worker.court.OpenTrace;
import ai.opengradient.worker.dispute.Difference;

/** What an inspection of a claim came to. */
sealed interface Finding {
  /**
   * The claim is right, or can't be told from a right one.
   *
   * @param by what says so
   */
  record Right(String by) implements Finding {}

  /**
   * The claim is wrong.
   *
   * @param trace the canonical run; stays open
   */
  record Wrong(OpenTrace trace, Difference difference) implements Finding {}
}
