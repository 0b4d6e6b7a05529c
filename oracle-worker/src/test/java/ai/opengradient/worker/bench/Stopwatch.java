package ai.opengradient.worker.bench;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * Times runs: of one thread, by its processor time, which leaves out what other programs take; of
 * several, by the clock.
 */
record Stopwatch(int threads) {
  /** The compiler takes its time with vectors: so long must nothing have become faster. */
  private static final double STEADY_MILLISECONDS = 4000;

  private static final int STEADY_RUNS = 8;

  /** Less is no gain. */
  private static final double GAIN = 0.98;

  /** For threads that spin behind a run: they would slow down what comes next. */
  private static final int PAUSE_MILLISECONDS = 20;

  /** What is measured. */
  @FunctionalInterface
  interface Work {
    void run() throws OrtException, InterruptedException, IOException;
  }

  double milliseconds(Work work) throws OrtException, InterruptedException, IOException {
    Thread.sleep(PAUSE_MILLISECONDS);
    long begun = nanoseconds();
    work.run();
    return (nanoseconds() - begun) / 1e6;
  }

  long nanoseconds() {
    return threads == 1
        ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** Runs until it gets no faster any more. */
  void warmUp(Work work) throws OrtException, InterruptedException, IOException {
    double least = Double.POSITIVE_INFINITY;
    double sinceLeast = 0;
    int runsSinceLeast = 0;
    while (runsSinceLeast < STEADY_RUNS || sinceLeast < STEADY_MILLISECONDS) {
      double time = milliseconds(work);
      if (time < GAIN * least) {
        least = time;
        sinceLeast = 0;
        runsSinceLeast = 0;
      } else {
        sinceLeast += time;
        runsSinceLeast++;
      }
    }
  }
}
