package ai.opengradient.worker.journal;

import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;

/** Tells a server that went away from a statement that it refused. */
final class ServerFailure {

  /** Connection exceptions, a shutdown of the server, and sessions that it ended. */
  private static final String STATES = "08...|57P..|25P03";

  /** Somebody else has the lock. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private ServerFailure() {}

  static boolean isOf(Throwable failure) {
    return failure instanceof ConnectionException || hasState(failure, STATES);
  }

  /** What to throw for a statement that failed: why the server can't be asked, or the failure. */
  static RuntimeException told(String place, RuntimeException failure) {
    return isOf(failure) ? new JournalException.ServerUnavailable(place, failure) : failure;
  }

  static boolean isLockTaken(Throwable failure) {
    return hasState(failure, LOCK_NOT_AVAILABLE);
  }

  private static boolean hasState(Throwable failure, String states) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused
          && refused.getSQLState() != null
          && refused.getSQLState().matches(states)) {
        return true;
      }
    }
    return false;
  }
}
