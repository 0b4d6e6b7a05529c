package ai.opengradient.worker.config;

/** How often a worker checks a stock answer by the canonical engine before it claims it. */
public enum GuardPolicy {
  NEVER,
  /** One job in sixteen. */
  SAMPLED,
  ALWAYS
}
