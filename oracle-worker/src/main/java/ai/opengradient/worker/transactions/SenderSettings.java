package ai.opengradient.worker.transactions;

import java.math.BigInteger;

/**
 * How the sender goes about its work.
 *
 * @param confirmations how many blocks must lie on top of a transaction's block before its outcome
 *     counts; 0: none
 * @param blocksUntilStuck after how many blocks without it a waiting transaction is replaced by a
 *     dearer one
 * @param fees how much to offer for gas
 * @param floor coin that is kept for effects that bind, in wei
 */
public record SenderSettings(
    long confirmations, long blocksUntilStuck, FeePolicy fees, BigInteger floor) {

  /** Settings without a floor. */
  public SenderSettings(long confirmations, long blocksUntilStuck, FeePolicy fees) {
    this(confirmations, blocksUntilStuck, fees, BigInteger.ZERO);
  }

  public SenderSettings {
    if (confirmations < 0 || blocksUntilStuck < 1) {
      throw new IllegalArgumentException("confirmations below 0 or blocks until stuck below 1");
    }
  }
}
