package ai.opengradient.store.fetch;

import java.time.Duration;
import java.time.Instant;

/**
 * How a source has done so far in one fetch, and so whether and how often it is asked next. A value
 * that events change into another.
 *
 * @param inFlight requests that it has not answered
 * @param allowance how many it may have at a time
 * @param setbacks failures since it last gave a block; those of requests that were under way
 *     together count as one
 * @param lacks blocks that it did not have since it last gave one
 * @param setBackAt when it last failed
 * @param notBefore when it may be asked again
 */
record Standing(
    int inFlight, int allowance, int setbacks, int lacks, Instant setBackAt, Instant notBefore) {
  /** A source that failed so often in a row is not asked again. */
  static final int MOST_SETBACKS = 5;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A source of which nothing is known. */
  static Standing unknown(int allowance) {
    return new Standing(0, allowance, 0, 0, Instant.MIN, Instant.MIN);
  }

  /** A request goes out. */
  Standing asked() {
    return new Standing(inFlight + 1, allowance, setbacks, lacks, setBackAt, notBefore);
  }

  /** It gave a block. */
  Standing gave(int mostAllowance) {
    return new Standing(
        inFlight - 1, Math.min(mostAllowance, allowance + 1), 0, 0, setBackAt, notBefore);
  }

  /** It says that it does not have a block. */
  Standing lacked() {
    return new Standing(inFlight - 1, allowance, setbacks, lacks + 1, setBackAt, notBefore);
  }

  /**
   * It failed, or lied.
   *
   * @param askedAt when the request went out
   * @param firstPause of a first failure
   * @param wished how long the source wants to be left alone
   */
  Standing failed(Instant askedAt, Instant now, Duration firstPause, Duration wished) {
    if (askedAt.isBefore(setBackAt)) {
      return new Standing(inFlight - 1, allowance, setbacks, lacks, setBackAt, notBefore);
    }
    Duration doubled = firstPause.multipliedBy(1L << Math.min(setbacks, MOST_SETBACKS));
    Duration pause = doubled.compareTo(wished) < 0 ? wished : doubled;
    return new Standing(
        inFlight - 1,
        Math.max(1, allowance / 2),
        setbacks + 1,
        lacks,
        now,
        now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
  }

  /** Whether it failed too often. */
  boolean isDropped() {
    return setbacks >= MOST_SETBACKS;
  }

  /** Whether it may be asked now. */
  boolean isReady(Instant now) {
    return !isDropped() && inFlight < allowance && !now.isBefore(notBefore);
  }
}
