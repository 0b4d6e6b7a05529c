package ai.opengradient.worker.inference;

/** Carries a failure inside the child. */
final class FailureException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  FailureException(Failure.Kind kind, String message) {
    super(message);
    this.failure = new Failure(kind, message);
  }

  FailureException(Failure.Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.failure = new Failure(kind, message);
  }

  Failure failure() {
    return failure;
  }
}
