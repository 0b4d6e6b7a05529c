package ai.opengradient.canon.engine.step;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts of results by what decided their rounding. May be used by several threads. */
public final class Tally {
  private final Map<Tier, AtomicLong> counts = new EnumMap<>(Tier.class);

  public Tally() {
    for (Tier tier : Tier.values()) {
      counts.put(tier, new AtomicLong());
    }
  }

  public void add(Tier tier, long count) {
    of(tier).addAndGet(count);
  }

  public void add(Tally other) {
    for (Tier tier : Tier.values()) {
      add(tier, other.count(tier));
    }
  }

  public long count(Tier tier) {
    return of(tier).get();
  }

  private AtomicLong of(Tier tier) {
    return Objects.requireNonNull(counts.get(tier));
  }
}
