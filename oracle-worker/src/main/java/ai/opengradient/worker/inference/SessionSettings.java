package ai.opengradient.worker.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;

/** The one place that says which options a session of ONNX Runtime is made with. */
public final class SessionSettings {
  private SessionSettings() {}

  /**
   * Options for the processor; the caller closes them. Equal arguments on one machine give equal
   * bits.
   */
  public static SessionOptions of(int threads, OptimisationLevel optimisation) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(
        switch (optimisation) {
          case NONE -> OptLevel.NO_OPT;
          case BASIC -> OptLevel.BASIC_OPT;
          case EXTENDED -> OptLevel.EXTENDED_OPT;
          case ALL -> OptLevel.ALL_OPT;
        });
    return options;
  }
}
