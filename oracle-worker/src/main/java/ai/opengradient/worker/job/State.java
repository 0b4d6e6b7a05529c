package ai.opengradient.worker.job;

/**
 * Where a job stands for this worker.
 *
 * <pre>
 *   Drawing ──► Judging ──► Fetching ──► Inferring ──► Claiming ──► Waiting ◄─► Finalising ──► Ended
 *      │           └──► Declining ──► Ended ▲                          └──► Frozen ──► Waiting | Ended
 *      └──► Watching ──► Bidding ──► Leasing ┘
 * </pre>
 *
 * Any state but {@code Ended} goes there when the chain says that the job is over for this worker.
 * {@code Checking} follows every send that did not happen.
 */
public sealed interface State {

  /** The request is known, the draw not yet. */
  record Drawing() implements State {}

  /**
   * Another worker's turn.
   *
   * @param opensAt Unix seconds after which the job may be taken over
   */
  record Watching(long opensAt) implements State {}

  /** Drawn: whether to take the job is being judged. */
  record Judging(Turn.Drawn turn) implements State {}

  /** The job is open to all: whether to take it over is being judged. */
  record Bidding() implements State {}

  /**
   * The job is being passed on.
   *
   * @param reason why, for people
   */
  record Declining(String reason) implements State {}

  /** The job is being taken over. */
  record Leasing() implements State {}

  /** Accepted; the model is being brought here. */
  record Fetching(Turn turn) implements State {}

  /** The model is here; the answer is being computed. */
  record Inferring(Turn turn) implements State {}

  /** The answer is in the journal and is being posted. */
  record Claiming(Turn turn) implements State {}

  /**
   * A send did not happen; the chain is being asked what is true.
   *
   * @param otherwise how the job ends unless the chain knows better
   */
  record Checking(Ended otherwise) implements State {}

  /**
   * The claim stands.
   *
   * @param readyAt Unix seconds from which payment is asked for
   * @param attempts how often that was tried before
   */
  record Waiting(long readyAt, int attempts) implements State {}

  /**
   * The window is over; payment is being asked for.
   *
   * @param attempt counted from 0
   */
  record Finalising(int attempt) implements State {}

  /**
   * The claim is disputed; its clock stands still.
   *
   * @param attempts how often payment was asked for before
   */
  record Frozen(int attempts) implements State {}

  /**
   * Nothing is left to do.
   *
   * @param detail the cause, or what was paid, for people; empty where the ending says it all
   */
  record Ended(Ending ending, String detail) implements State {}
}
