package ai.opengradient.store.fetch;

/** Told how far a fetch is, from the thread that fetches. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = report -> {};

  /** Called after each verified piece. */
  void advanced(FetchReport report);
}
