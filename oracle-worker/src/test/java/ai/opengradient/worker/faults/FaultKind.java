package ai.opengradient.worker.faults;

/** What may happen to a question to a chain node. */
public enum FaultKind {
  /** The answer comes late. */
  DELAY(false),
  /** The connection breaks before the node hears of it. */
  LOSE_QUESTION(false),
  /** The node acts on it, but the connection breaks before the answer. */
  LOSE_ANSWER(false),
  /** The node hears of it twice. */
  DUPLICATE(false),
  /** A later question gets before it. */
  REORDER(false),
  /** Too many requests. */
  RATE_LIMIT(false),
  /** A page of HTML. */
  WEB_PAGE(false),
  /** An answer that ends in the middle. */
  TRUNCATED(false),
  /** The answer to another question. */
  WRONG_ID(false),
  /** A head that was the newest some blocks ago. */
  OLD_HEAD(true),
  /** A head with a number that the chain doesn't have yet. */
  FUTURE_HEAD(true),
  /** The right number with another hash. */
  OTHER_HASH(true);

  private final boolean ofHeads;

  FaultKind(boolean ofHeads) {
    this.ofHeads = ofHeads;
  }

  /** Whether it is a lie about the newest block, and happens to questions for that only. */
  boolean isOfHeads() {
    return ofHeads;
  }
}
