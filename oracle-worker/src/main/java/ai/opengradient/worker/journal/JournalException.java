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

    Unusable(Path file, Throwable cause) {
      super(
          "the journal "
              + file
              + " can't be used ("
              + cause.getMessage()
              + "); check the disk, then move the file away and bring a copy back with `opg journal restore`, or begin from the chain with `opg worker run --reconcile`",
          cause);
    }
  }

  /** The journal is of another worker or another deployment. */
  public static final class OfAnother extends JournalException {
    private static final long serialVersionUID = 1;

    OfAnother(Path file, Identity kept, Identity given) {
      super(
          "the journal "
              + file
              + " is of "
              + kept
              + ", not of "
              + given
              + "; use another data folder");
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
