package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.transactions.StepReport;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Notices transactions of the account that this worker has not signed: somebody else sends with its
 * key. What was sent before the first look may have been a command's. For use by one thread.
 */
final class OtherSenders {

  private final ChainClient node;
  private final Address account;
  private final Journal journal;
  private OptionalLong first = OptionalLong.empty();
  private Optional<String> seen = Optional.empty();

  OtherSenders(ChainClient node, Address account, Journal journal) {
    this.node = node;
    this.account = account;
    this.journal = journal;
  }

  /**
   * Looks at the account's nonce.
   *
   * @return what was seen, now or ever before
   * @throws ai.opengradient.worker.chain.ChainException if the chain can't be asked
   */
  Optional<String> look() {
    if (seen.isPresent()) {
      return seen;
    }
    long nonce = node.nonce(account);
    if (first.isEmpty()) {
      first = OptionalLong.of(Math.max(nonce, node.pendingNonce(account)));
    }
    long from = first.getAsLong();
    long unsigned = nonce > from ? journal.unsigned(from, nonce) : 0;
    if (unsigned > 0) {
      sighted(unsigned + " transactions from nonce " + from + " on");
    }
    return seen;
  }

  /** A nonce that was signed for here, since the first look, and went to another transaction. */
  void suspect(StepReport report) {
    for (StepReport.Waiting waiting : report.waiting()) {
      if (waiting.reason() instanceof StepReport.Reason.NonceTaken(long nonce)
          && first.isPresent()
          && nonce >= first.getAsLong()) {
        sighted("the transaction with nonce " + nonce);
      }
    }
  }

  private void sighted(String what) {
    seen =
        Optional.of(
            what
                + " of "
                + account
                + " did not come from this worker: another process sends with its key;"
                + " stop that one, then start this worker again");
  }
}
