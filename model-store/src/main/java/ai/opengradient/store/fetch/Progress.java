package ai.opengradient.store.fetch;

/** Told how far a fetch is, from the thread that fetches. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (done, total) -> {};

  /** Called after each verified piece with the bytes done so far and those in all. */
  void advanced(long done, long total);
}
