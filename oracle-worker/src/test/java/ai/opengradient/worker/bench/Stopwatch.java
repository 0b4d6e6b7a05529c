package ai.opengradient.worker.bench;

import ai.onnxruntime.OrtException;
import java.io.IOException;

/** Times runs. */
final class Stopwatch {
  /** The compiler takes its time with vectors: so long must nothing have become faster. */
  private static final double STEADY_MILLISECONDS = 4000;

  private static final int STEADY_RUNS = 8;

  /** For threads that spin behind a run: they would slow down what comes next. */
  private static final int PAUSE_MILLISECONDS = 20;

  private Stopwatch() {}

  /** What is measured. */
  @FunctionalInterface
  interface Work {
    void run() throws OrtException, InterruptedException, IOException;
  }

  static double milliseconds(Work work) throws OrtException, InterruptedException, IOException {
    Thread.sleep(PAUSE_MILLISECONDS);
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e6;
  }

  /** Runs until it gets no faster any more. */
  static void warmUp(Work work) throws OrtException, InterruptedException, IOException {
    double least = Double.POSITIVE_INFINITY;
    double sinceLeast = 0;
    for (int run = 0; run < STEADY_RUNS || sinceLeast < STEADY_MILLISECONDS; run++) {
      double time = milliseconds(work);
      sinceLeast = time < 0.98 * least ? 0 : sinceLeast + time;
      run = time < 0.98 * least ? 0 : run;
      least = Math.min(least, time);
    }
  }
}
