package ai.opengradient.worker.chain;

import java.time.Duration;

/** Waiting, given from outside so that tests need not wait. */
@FunctionalInterface
public interface Pause {

  /** Returns after this long. */
  void sleep(Duration duration) throws InterruptedException;
}
