package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.keys.SignedTransaction;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.keys.UnsignedTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signs, journals and sends, in this order. For use by one thread. */
final class Dispatch {

  /** What a transfer of nothing needs. */
  static final long TRANSFER_GAS = 21_000;

  private final ChainClient node;
  private final long chainId;
  private final Signer signer;
  private final Outbox outbox;

  Dispatch(ChainClient node, long chainId, Signer signer, Outbox outbox) {
    this.node = node;
    this.chainId = chainId;
    this.signer = signer;
    this.outbox = outbox;
  }

  /** The account sends itself nothing: it takes a nonce, and changes nothing else. */
  Call nothing() {
    return new Call(signer.address(), "0x");
  }

  /**
   * After all that the node knows of, and all that this outbox has signed, whether the node has
   * seen it or not.
   */
  long nextNonce() {
    long onChain = Math.max(node.nonce(signer.address()), node.pendingNonce(signer.address()));
    return outbox.open().stream()
        .flatMap(entry -> entry.stage().signed().stream())
        .mapToLong(attempt -> attempt.nonce() + 1)
        .reduce(onChain, Math::max);
  }

  /** What is signed was promised before, so that nothing else is ever signed in its place. */
  Attempt sign(
      OutboxEntry entry,
      Call call,
      long nonce,
      long gasLimit,
      Fees fees,
      BlockReference newest,
      Attempt.Purpose purpose) {
    outbox.promise(entry.key(), nonce);
    SignedTransaction transaction =
        signer.sign(
            new UnsignedTransaction(
                chainId,
                nonce,
                gasLimit,
                fees.tip(),
                fees.maxFee(),
                call.to(),
                call.coin(),
                call.data()));
    return new Attempt(
        nonce, transaction, fees, gasLimit, newest.number(), newest.timestamp(), purpose);
  }

  /** Journals the attempt before the node hears of it. */
  Progress send(OutboxEntry entry, Attempt attempt) {
    List<Attempt> attempts = new ArrayList<>(entry.stage().signed());
    attempts.add(attempt);
    outbox.record(entry.key(), new Stage.Signed(attempts));
    return progress(broadcast(attempt));
  }

  /**
   * Whatever the node says, whether the transaction is on its way is found out by hash and nonce.
   *
   * @return what went wrong, if anything
   */
  Optional<ChainException> broadcast(Attempt attempt) {
    try {
      node.sendRawTransaction(attempt.transaction().bytes());
      return Optional.empty();
    } catch (ChainException.Interrupted stopping) {
      throw stopping;
    } catch (ChainException trouble) {
      return Optional.of(trouble);
    }
  }

  static Progress progress(Optional<ChainException> trouble) {
    return new Progress.Open(
        trouble
            .<StepReport.Reason>map(StepReport.Reason.NodeTrouble::new)
            .orElseGet(StepReport.Reason.NotMined::new));
  }
}
