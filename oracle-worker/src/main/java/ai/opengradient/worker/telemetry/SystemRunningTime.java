package ai.opengradient.worker.telemetry;

import ai.opengradient.worker.chain.RunningTime;
import java.time.Duration;

/** The time that this process has run, by the system's clock that only goes forward. */
public final class SystemRunningTime implements RunningTime {
  private final long start = System.nanoTime();

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
