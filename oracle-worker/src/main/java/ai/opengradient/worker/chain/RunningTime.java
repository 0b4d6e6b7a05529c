package ai.opengradient.worker.chain;

import java.time.Duration;

/**
 * Time since some fixed moment, which only goes forward: it knows no date, so setting a clock
 * changes nothing.
 */
@FunctionalInterface
public interface RunningTime {
  /** How long ago the moment was. */
  Duration elapsed();
}
