package ai.opengradient.worker.telemetry;

import java.time.InstantSource;

/** The machine's time, for what is no rule of a job or a dispute: those go by chain time. */
public final class WallClock {
  private WallClock() {}

  /** The clock. */
  public static InstantSource instants() {
    return InstantSource.system();
  }
}
