package ai.opengradient.besu.precompile;

/** The call is answered with a failure, as the Solidity would. */
@SuppressWarnings("serial") // never serialised
final class Reverted extends RuntimeException {
  private final byte[] data;

  /** With these bytes. */
  Reverted(byte[] data) {
    // Without a trace of the stack, which would take longer than many a call.
    super("reverted", null, false, false);
    this.data = data;
  }

  /** As a decoder of call data that is malformed: with nothing. */
  static Reverted empty() {
    return new Reverted(new byte[0]);
  }

  byte[] data() {
    return data;
  }
}
