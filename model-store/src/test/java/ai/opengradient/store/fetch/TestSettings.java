package ai.opengradient.store.fetch;

import java.time.Duration;
import java.time.InstantSource;

/** The usual ways with pauses that tests can wait for. */
final class TestSettings {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private TestSettings() {}

  static FetchSettings of(InstantSource clock) {
    return new FetchSettings(4, 8, 12, PAUSE, Long.MAX_VALUE, clock);
  }

  static FetchSettings oneAtATime(InstantSource clock) {
    return new FetchSettings(1, 1, 0, PAUSE, Long.MAX_VALUE, clock);
  }

  static FetchSettings limitedTo(long cacheLimit, InstantSource clock) {
    return new FetchSettings(4, 8, 12, PAUSE, cacheLimit, clock);
  }
}
