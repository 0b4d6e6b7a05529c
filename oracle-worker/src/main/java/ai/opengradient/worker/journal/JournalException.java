package ai.opengradient.worker.journal;

import java.nio.file.Path;

/** Why there is no journal to work with. The message names the cause and the way out. */
public abstract sealed class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private JournalException(String message, Throwable cause) {
    super(message, cause);
  }

  private JournalException(String message) {
    super(message);
  }

  /** Another process has the journal open. */
  public static final class InUse extends JournalException {
    private static final long serialVersionUID = 1;

    InUse(Path file, Throwable cause) {
      super(
          "the journal "
              + file
              + " is open in another process; give each worker a data folder of its own, or stop the other one",
          cause);
    }
  }

  /** The file can't be read, or is no journal. */
  public static final class Unusable extends JournalException {
    private static final long serialVersionUID = 1;

    Unusable(Object place, Throwable cause) {
      super(
          "the journal "
              + place
              + " can't be used ("
              + cause.getMessage()
              + "); check the disk or the server, then move the journal away and bring a copy back with `opg journal restore`, or begin from the chain with `opg worker run --reconcile`",
          cause);
    }
  }

  /** The disk does not take what is to be written: it is full, or broken. Nothing was changed. */
  public static final class NotWritten extends JournalException {
    private static final long serialVersionUID = 1;

    NotWritten(Path file, Throwable cause) {
      super(
          "the journal "
              + file
              + " can't be written ("
              + cause.getMessage()
              + "); make room on the disk, or see what is wrong with it",
          cause);
    }
  }

  /** The journal is of another worker or another deployment. */
  public static final class OfAnother extends JournalException {
    private static final long serialVersionUID = 1;

    OfAnother(Object place, Identity kept, Identity given) {
      super(
          "the journal "
              + place
              + " is of "
              + kept
              + ", not of "
              + given
              + "; use another data folder or database");
    }
  }

  /** The server of the journal can't be reached, or went away. */
  public static final class ServerUnavailable extends JournalException {
    private static final long serialVersionUID = 1;

    ServerUnavailable(String place, Throwable cause) {
      super(
          "the server of the journal "
              + place
              + " can't be reached, or went away ("
              + cause.getMessage()
              + "); check that it runs, and journal.url, then start again",
          cause);
    }
  }

  /** Another process acts for the worker now. */
  public static final class Superseded extends JournalException {
    private static final long serialVersionUID = 1;

    Superseded(String place, String holder) {
      super(
          "the lease in "
              + place
              + " was taken over by "
              + holder
              + "; this process signs and sends nothing more: start it again, and it stands by");
    }
  }

  /** A journal is there already, and is not written over. */
  public static final class Exists extends JournalException {
    private static final long serialVersionUID = 1;

    Exists(Path file) {
      super(
          file
              + " is there already and is never written over; name another file, or if you mean to lose it, move it away first");
    }
  }

  /** A copy can't be written, or what should be one is none. */
  public static final class NoCopy extends JournalException {
    private static final long serialVersionUID = 1;

    NoCopy(Path file, String reason, Throwable cause) {
      super(file + ": " + reason, cause);
    }

    NoCopy(Path file, String reason) {
      super(file + ": " + reason);
    }
  }
}
