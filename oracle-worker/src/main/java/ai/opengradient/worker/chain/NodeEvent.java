package ai.opengradient.worker.chain;

import java.time.Duration;
import java.util.Optional;

/** What can happen with a chain node. {@code now} is that of a {@link RunningTime}. */
sealed interface NodeEvent {

  /** It was looked at, and nothing is wrong with it. */
  record Passed() implements NodeEvent {}

  /** It is behind. */
  record Behind(String what, Duration now) implements NodeEvent {}

  /**
   * It wants to be asked less often.
   *
   * @param pause how long it wants to be left alone, if it says so
   */
  record RateLimited(Optional<Duration> pause, Duration now) implements NodeEvent {}

  /** It gave no answer. */
  record Failed(String what, Duration now) implements NodeEvent {}

  /** It is of another chain or deployment. */
  record Foreign(String what, Duration now) implements NodeEvent {}
}
