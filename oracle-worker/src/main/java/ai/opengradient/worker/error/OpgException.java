package ai.opengradient.worker.error;

import org.jspecify.annotations.Nullable;

/** A failure that a user can understand and do something about. */
public class OpgException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String detail;

  /**
   * @param detail what happened this time, without a full stop: names, numbers, places
   */
  public OpgException(ErrorCode code, String detail) {
    this(code, detail, null);
  }

  /**
   * @param detail what happened this time, without a full stop: names, numbers, places
   * @param cause what it was found by
   */
  public OpgException(ErrorCode code, String detail, @Nullable Throwable cause) {
    super(code.id() + " " + code.title() + ": " + detail, cause);
    this.code = code;
    this.detail = detail;
  }

  public ErrorCode code() {
    return code;
  }

  public String detail() {
    return detail;
  }

  /** The failure on one line: code, title, what happened, way out. */
  public String line() {
    return getMessage() + ". " + code.wayOut();
  }
}
