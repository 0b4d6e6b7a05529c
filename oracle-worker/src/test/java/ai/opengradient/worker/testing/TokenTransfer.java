package ai.opengradient.worker.testing;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.Deployment;

/**
 * The token's {@code transfer}, by which tests hand out $OPG; the program itself gives none away.
 */
public final class TokenTransfer {

  private static final String SELECTOR = "0xa9059cbb";
  private static final int WORD_DIGITS = 64;

  private TokenTransfer() {}

  /** Gives $OPG of the sender's away. */
  public static Call of(Deployment deployment, Address to, Amount amount) {
    return new Call(
        deployment.token(),
        SELECTOR + word(to.hex().substring(2)) + word(amount.units().toString(16)));
  }

  private static String word(String digits) {
    return "0".repeat(WORD_DIGITS - digits.length()) + digits;
  }
}
