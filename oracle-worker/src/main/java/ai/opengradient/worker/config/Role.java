package ai.opengradient.worker.config;

/** What a process does for its worker. */
public enum Role {
  /** All of it. */
  ALONE,
  /** Acts for the worker and has executors run models; stands by while another one acts. */
  COORDINATOR,
  /** Runs models for the coordinator, without a key. */
  EXECUTOR
}
