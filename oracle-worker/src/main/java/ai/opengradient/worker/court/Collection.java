package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtReader;
import java.util.function.Supplier;

/** Takes what contracts owe to an account that has been in disputes. */
public final class Collection {
  private final ChainClient node;
  private final CourtReader court;
  private final CourtCalls calls;
  private final CourtSends sends;
  private final Address account;

  public Collection(
      ChainClient node, CourtReader court, CourtCalls calls, CourtSends sends, Address account) {
    this.node = node;
    this.court = court;
    this.calls = calls;
    this.sends = sends;
    this.account = account;
  }

  /** Takes $OPG and coin from the court, if there is any. */
  public void fromCourt() {
    if (court.balance(account).units().signum() > 0) {
      take(CourtEffect.COURT_WITHDRAW, () -> calls.withdraw(account));
    }
    if (court.coin(account).signum() > 0) {
      take(CourtEffect.COURT_COIN, () -> calls.withdrawCoin(account));
    }
  }

  /**
   * Takes what one contract owes, all at once. The account's nonce tells one time from the next.
   */
  public void take(CourtEffect effect, Supplier<Call> call) {
    if (!sends.isUnderway(effect)) {
      sends.send(effect.of(node.nonce(account)), call);
    }
  }
}
