package ai.opengradient.worker.transactions;

/** How far one effect came in a step. */
sealed interface Progress {

  /** It is settled. */
  record Done(Outcome outcome) implements Progress {}

  /** It stays open. */
  record Open(StepReport.Reason reason) implements Progress {}
}
