package ai.opengradient.worker.transactions;

/** How near an effect's deadline is, and what that is worth. */
enum Urgency {
  /** There is time, or none is left to win. */
  CALM(100),
  SOON(125),
  PRESSING(200),
  /** Nothing is kept back but what is above the cap. */
  LAST(400);

  private static final long SOON_SECONDS = 300;
  private static final long PRESSING_SECONDS = 120;
  private static final long LAST_SECONDS = 45;

  /** An attempt that has waited this share of what is left is replaced. */
  private static final long PATIENCE = 4;

  private final int percent;

  Urgency(int percent) {
    this.percent = percent;
  }

  /**
   * Of an effect that must be mined by the deadline.
   *
   * @param deadline chain time, seconds; {@link OutboxEntry#NO_DEADLINE}: none
   * @param now chain time, seconds
   */
  static Urgency of(long deadline, long now) {
    long left = deadline - now;
    if (left <= 0 || left > SOON_SECONDS) {
      return CALM;
    }
    if (left > PRESSING_SECONDS) {
      return SOON;
    }
    return left > LAST_SECONDS ? PRESSING : LAST;
  }

  /** Whether an attempt has waited too long for what is left: sooner the less that is. */
  static boolean isTooSlow(long deadline, long signedAt, long now) {
    long left = deadline - now;
    return deadline != OutboxEntry.NO_DEADLINE && left > 0 && (now - signedAt) * PATIENCE >= left;
  }

  /** What to offer, in hundredths of what is usual. */
  int percent() {
    return percent;
  }
}
