package ai.opengradient.worker.dispute;

/** What was handed to a dispute can't be part of it. The message names it, and the way out. */
@SuppressWarnings("serial") // never serialised
public final class DisputeException extends RuntimeException {
  /** What is wrong. */
  public enum Fault {
    /** A path that names nothing, or nothing that this job has. */
    NO_SUCH_PATH,
    /** An answer that is none to its question; the court lets none such pass. */
    UNFITTING_ANSWER,
    /** Data of a run are not those that it was committed to. */
    DAMAGED_RUN
  }

  private final Fault fault;

  DisputeException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
