package ai.opengradient.worker.court;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is brought about for a dispute's sake, each by a transaction of its own. */
public enum CourtEffect {
  APPROVE,
  CHALLENGE,
  OPEN,
  ASSERT_TRACE,
  ASK,
  REVEAL,
  PROVE_MORE,
  PROVE_STEP,
  PROVE_OUTPUT,
  TIMEOUT,
  SETTLE,
  RECLAIM,
  COURT_WITHDRAW,
  COURT_COIN,
  MARKET_WITHDRAW;

  private static final String SEPARATOR = "/";

  /** The outbox's word for it, such as {@code assert-trace}. */
  public String kind() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The name of one such effect, such as {@code settle/17}.
   *
   * @param which tells it from all others of its kind on the chain
   */
  public String of(Object... which) {
    return Stream.concat(Stream.of(kind()), Arrays.stream(which).map(Object::toString))
        .collect(Collectors.joining(SEPARATOR));
  }

  /** Whether the name is one of this kind's. */
  boolean isKindOf(String effect) {
    return effect.startsWith(kind() + SEPARATOR);
  }

  /**
   * Makes sure that an effect is of a kind that is known here.
   *
   * @throws IllegalArgumentException if it is not
   */
  static void requireKnown(String effect) {
    if (Arrays.stream(values()).noneMatch(kind -> kind.isKindOf(effect))) {
      throw new IllegalArgumentException("'" + effect + "' is no effect of a dispute");
    }
  }
}
