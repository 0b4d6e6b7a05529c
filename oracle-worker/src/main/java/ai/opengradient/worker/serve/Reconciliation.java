package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.MarketEvent;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.transactions.Stage;
import java.util.List;
import java.util.Optional;

/**
 * Takes over from the chain what a new or a restored journal can't know: which jobs the account has
 * claimed. Until then nothing is signed.
 */
final class Reconciliation {

  private final ChainClient node;
  private final MarketReader market;
  private final Address account;
  private final Journal journal;

  Reconciliation(ChainClient node, MarketReader market, Address account, Journal journal) {
    this.node = node;
    this.market = market;
    this.account = account;
    this.journal = journal;
  }

  /**
   * Reconciles, if that is due.
   *
   * @return why it is not possible yet
   * @throws ai.opengradient.worker.chain.ChainException if the chain can't be asked
   */
  Optional<String> reconcile() {
    if (!journal.isToBeReconciled()) {
      return Optional.empty();
    }
    long foreign = foreign();
    if (foreign > 0) {
      return Optional.of(
          foreign
              + " transactions of this account are on their way that the journal doesn't know;"
              + " nothing is signed before they are mined");
    }
    journal.reconciled(node.nonce(account) == 0 ? List.of() : claims());
    return Optional.empty();
  }

  private long foreign() {
    long known =
        journal.outbox().open().stream()
            .filter(entry -> entry.stage() instanceof Stage.Signed)
            .count();
    return node.pendingNonce(account) - node.nonce(account) - known;
  }

  private List<Long> claims() {
    return market.claims(journal.blocks().getFirst().number(), node.newestBlock().number()).stream()
        .filter(claimed -> claimed.worker().equals(account))
        .map(MarketEvent.JobClaimed::job)
        .toList();
  }
}
