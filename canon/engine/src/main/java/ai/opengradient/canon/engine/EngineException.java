package ai.opengradient.canon.engine;

/** A run that can't be done as it was asked for. The message names the cause and the way out. */
@SuppressWarnings("serial") // never serialised
public final class EngineException extends RuntimeException {
  /** What stands in the way. */
  public enum Fault {
    /** A weight is not at hand, or not in the length that its node says. */
    MISSING_WEIGHT,
    /** An input or claim is not at hand, or not of its node's type and count. */
    WRONG_TENSOR,
    /** The tensors that are needed at one time are larger than the memory of the process. */
    TOO_LARGE,
    /** A file is not the whole trace of the program. */
    NO_TRACE
  }

  private final Fault fault;

  EngineException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  EngineException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
