package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.telemetry.DisputeLog;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Looks at the chain again and again, on a thread of its own, until it is closed. */
public final class Lookout implements AutoCloseable {
  private final String name;
  private final Runnable look;
  private final Duration interval;
  private final DisputeLog log;
  private final ExecutorService thread;

  /**
   * Nothing happens before {@link #start}.
   *
   * @param name of who looks, for people
   * @param look may throw {@link ChainException}: then the next one tries again
   * @param interval between two looks
   */
  public Lookout(String name, Runnable look, Duration interval, DisputeLog log) {
    this.name = name;
    this.look = look;
    this.interval = interval;
    this.log = log;
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Begins to look. */
  public void start() {
    thread.execute(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        step();
        Thread.sleep(interval);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() {
    try {
      look.run();
    } catch (ChainException.Interrupted stopping) {
      Thread.currentThread().interrupt();
    } catch (ChainException failure) {
      log.chainTrouble(String.valueOf(failure.getMessage()));
    } catch (JournalException.NotWritten failure) {
      log.diskTrouble(String.valueOf(failure.getMessage()));
    } catch (RuntimeException failure) {
      log.defect(name, failure);
    }
  }

  /** Stops at once; the chain knows where to go on. */
  @Override
  public void close() {
    thread.shutdownNow();
    thread.close();
  }
}
