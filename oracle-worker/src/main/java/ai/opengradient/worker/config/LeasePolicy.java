package ai.opengradient.worker.config;

/** Whether a worker takes over jobs that another one did not answer in time. */
public enum LeasePolicy {
  NEVER,
  /** When its queue is empty and the fee pays its price. */
  WHEN_IDLE
}
