package ai.opengradient.worker.inference;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something when time runs out, unless it is met before. */
final class Deadline {
  private final Future<?> action;

  private Deadline(Future<?> action) {
    this.action = action;
  }

  static Deadline set(ScheduledExecutorService clock, Duration limit, Runnable action) {
    return new Deadline(clock.schedule(action, limit.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** From now on the action is not begun; false if it was. The first answer stays. */
  boolean meet() {
    return action.cancel(false) || action.isCancelled();
  }
}
