package ai.opengradient.worker.config;

/** What a worker does with jobs of versions that no court can judge. */
public enum UndisputablePolicy {
  SERVE,
  DECLINE
}
