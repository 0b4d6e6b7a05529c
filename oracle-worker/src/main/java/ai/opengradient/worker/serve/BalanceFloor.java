package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.ChainClient;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Whether the account can still pay for what binds it.
 *
 * @param least coin that it keeps for that, in wei
 */
record BalanceFloor(ChainClient node, Address account, BigInteger least) {

  /**
   * Why no new jobs may be taken, if so.
   *
   * @throws ai.opengradient.worker.chain.ChainException if the chain can't be asked
   */
  Optional<String> trouble() {
    if (least.signum() == 0) {
      return Optional.empty();
    }
    BigInteger balance = node.coinBalance(account);
    return balance.compareTo(least) < 0
        ? Optional.of(
            account
                + " has "
                + balance
                + " wei, less than the "
                + least
                + " of chain.balance-floor, which are kept for claims, disputes and payments: send it coin")
        : Optional.empty();
  }
}
