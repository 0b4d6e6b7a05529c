package ai.opengradient.store.fetch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on by a millisecond whenever somebody looks at it. */
final class TickingClock implements InstantSource {
  private final AtomicLong milliseconds = new AtomicLong(1_700_000_000_000L);

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(milliseconds.incrementAndGet());
  }
}
