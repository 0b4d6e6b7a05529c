package ai.opengradient.store.kubo;

/** An RPC command that can't be done, with the status to answer. */
@SuppressWarnings("serial") // never serialised
final class CommandFailed extends RuntimeException {
  private final int status;

  CommandFailed(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
