package ai.opengradient.worker.court;

import java.util.ArrayList;
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

  /**
   * Sends all, earliest deadline first. One that fails does not keep the others.
   *
   * @throws RuntimeException of the first that failed, after all were tried
   */
  public static void sendAll(List<Due> due) {
    List<RuntimeException> failures = new ArrayList<>();
    due.stream()
        .sorted(Comparator.comparingLong(Due::deadline))
        .forEach(move -> {
          try {
            move.sending().run();
          } catch (RuntimeException failure) {
            failures.add(failure);
          }
        });
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
