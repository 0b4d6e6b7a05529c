package ai.opengradient.worker.court;

import java.util.Comparator;
import java.util.List;

/**
 * Something to be sent.
 *
 * @param deadline chain time, seconds, until which it has to be on the chain
 */
public record Due(long deadline, Runnable sending) {
  /** What no deadline holds. */
  public static Due whenever(Runnable sending) {
    return new Due(Long.MAX_VALUE, sending);
  }

  /** Sends all, earliest deadline first. */
  public static void sendAll(List<Due> due) {
    due.stream()
        .sorted(Comparator.comparingLong(Due::deadline))
        .forEach(move -> move.sending().run());
  }
}
