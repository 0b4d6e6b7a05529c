package ai.opengradient.worker.dispute;

/**
 * What was handed to a dispute can't be part of it: a path that names nothing, an answer that is
 * none to its question, data of a run that are not there. The message names it, and the way out.
 */
public final class DisputeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DisputeException(String message) {
    super(message);
  }
}
