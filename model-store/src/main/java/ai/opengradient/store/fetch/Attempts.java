package ai.opengradient.store.fetch;

import ai.opengradient.store.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who was asked for one block, and what came of it. */
final class Attempts {
  /** A source that fails or lies may do better the next time, but not for ever. */
  private static final int MOST = 3;

  private final int[] failures;
  private final @Nullable StoreException[] last;

  Attempts(int sources) {
    failures = new int[sources];
    last = new StoreException[sources];
  }

  void failed(int source, StoreException failure) {
    failures[source] = failure instanceof StoreException.MissingBlock ? MOST : failures[source] + 1;
    last[source] = failure;
  }

  boolean isSpent(int source) {
    return failures[source] >= MOST;
  }

  Optional<StoreException> last(int source) {
    return Optional.ofNullable(last[source]);
  }
}
