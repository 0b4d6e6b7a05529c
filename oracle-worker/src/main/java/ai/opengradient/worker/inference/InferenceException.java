package ai.opengradient.worker.inference;

import java.nio.file.Path;
import java.time.Duration;

/** Why there is no answer. After any of these the next run starts from a working child. */
public abstract sealed class InferenceException extends Exception {

  private static final long serialVersionUID = 1L;

  private InferenceException(String message) {
    super(message);
  }

  private InferenceException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The child can't be started: no such {@code java}, natives that can't be written or loaded, an
   * unusable class path.
   */
  public static final class StartFailed extends InferenceException {
    private static final long serialVersionUID = 1L;

    StartFailed(String message) {
      super(message);
    }

    StartFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Loading or running took longer than the limit; the child was killed. */
  public static final class TimedOut extends InferenceException {
    private static final long serialVersionUID = 1L;

    private final Duration limit;

    TimedOut(Path model, Duration limit) {
      super("model " + model + " took longer than the limit of " + limit.toMillis() + " ms");
      this.limit = limit;
    }

    public Duration limit() {
      return limit;
    }
  }

  /** The model with these inputs needs more memory than the child may use. */
  public static final class OutOfMemory extends InferenceException {
    private static final long serialVersionUID = 1L;

    private final long limit;

    OutOfMemory(Path model, long limit, String detail) {
      super(
          "model "
              + model
              + " needs more memory than the limit of "
              + (limit >> 20)
              + " MiB: "
              + detail);
      this.limit = limit;
    }

    /** Bytes. */
    public long limit() {
      return limit;
    }
  }

  /** The child ended by itself or was killed from outside. */
  public static final class ProcessCrashed extends InferenceException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    ProcessCrashed(Path model, int exitCode, String lastWords) {
      super(
          "the inference process ended with exit code "
              + exitCode
              + " while it held model "
              + model
              + (lastWords.isEmpty() ? "" : "; it said: " + lastWords));
      this.exitCode = exitCode;
    }

    /** 128 + the signal's number where a signal ended it. */
    public int exitCode() {
      return exitCode;
    }
  }

  /**
   * The engine does not load the file: not there, not ONNX, an unknown operator, an invalid graph,
   * an unsupported type; or it can't be lowered.
   */
  public static final class ModelRejected extends InferenceException {
    private static final long serialVersionUID = 1L;

    ModelRejected(Path model, String reason) {
      super("model " + model + " is not accepted: " + reason);
    }
  }

  /**
   * The inputs are not what the model takes: their number, dtype, shape or a value that an operator
   * refuses.
   */
  public static final class WrongInput extends InferenceException {
    private static final long serialVersionUID = 1L;

    WrongInput(Path model, String reason) {
      super("model " + model + " does not take these inputs: " + reason);
    }
  }

  /** The model was loaded, took its inputs, and failed inside an operator. */
  public static final class RunFailed extends InferenceException {
    private static final long serialVersionUID = 1L;

    RunFailed(Path model, String reason) {
      super("model " + model + " failed: " + reason);
    }
  }

  /** The process was closed, or the calling thread interrupted, before there was an answer. */
  public static final class Cancelled extends InferenceException {
    private static final long serialVersionUID = 1L;

    public Cancelled(Path model) {
      super("inference with model " + model + " was cancelled");
    }
  }

  /** An executor ran it, and says why there is no answer. */
  public static final class Elsewhere extends InferenceException {
    private static final long serialVersionUID = 1L;

    private final boolean harmful;

    /**
     * @param harmful whether the run killed its process
     */
    public Elsewhere(String reason, boolean harmful) {
      super(reason);
      this.harmful = harmful;
    }
  }

  /** The executor that ran it is gone; whether the run did that nobody knows. */
  public static final class ExecutorLost extends InferenceException {
    private static final long serialVersionUID = 1L;

    public ExecutorLost(String executor) {
      super("the executor " + executor + " was not heard of for longer than its lease");
    }
  }

  /** Whether the child did not survive it: it may do harm if it happens again. */
  public boolean isHarmful() {
    return switch (this) {
      case TimedOut _, OutOfMemory _, ProcessCrashed _ -> true;
      case Elsewhere elsewhere -> elsewhere.harmful;
      case StartFailed _, ModelRejected _, WrongInput _, RunFailed _, Cancelled _, ExecutorLost _ ->
          false;
    };
  }
}
