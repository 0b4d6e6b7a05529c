package ai.opengradient.store.fetch;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How eagerly files are fetched, and how much of them is kept.
 *
 * @param perSource most requests to one source at a time
 * @param inAll most requests of one fetch at a time
 * @param ahead how many blocks are asked for before their turn; they wait in memory
 * @param firstPause how long a source is left alone after a first failure; it doubles with each
 *     further one
 * @param cacheLimit most bytes that the folder of fetched files may take
 * @param clock tells when a pause is over, and what was used last
 */
public record FetchSettings(
    int perSource,
    int inAll,
    int ahead,
    Duration firstPause,
    long cacheLimit,
    InstantSource clock) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  /** What suits a home's connection and a heap of 256 MiB. */
  public static FetchSettings usual(long cacheLimit, InstantSource clock) {
    return new FetchSettings(4, 8, 12, FIRST_PAUSE, cacheLimit, clock);
  }
}
