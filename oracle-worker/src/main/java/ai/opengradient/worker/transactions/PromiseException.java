package ai.opengradient.worker.transactions;

/** Why something must not be signed. The message names the cause and the way out. */
public abstract sealed class PromiseException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private PromiseException(String message) {
    super(message);
  }

  /** Something else was signed about the same subject, or stands on the chain. */
  public static final class Contradiction extends PromiseException {
    private static final long serialVersionUID = 1;

    private final String subject;

    Contradiction(String subject) {
      super(
          "something else was signed before about "
              + subject
              + ", and a second answer would convict this account; what was signed first stands");
      this.subject = subject;
    }

    /** What was promised. */
    public String subject() {
      return subject;
    }
  }

  /** Another effect, which is not settled, has the nonce. */
  public static final class NonceInUse extends PromiseException {
    private static final long serialVersionUID = 1;

    NonceInUse(long nonce, EffectKey holder, EffectKey other) {
      super(
          "nonce "
              + nonce
              + " was signed for "
              + holder
              + ", which is not settled; it can't be signed for "
              + other
              + ": the node has forgotten transactions, wait until it knows them again");
    }
  }
}
