package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.ContractError;
import ai.opengradient.worker.chain.Receipt;
import java.util.Optional;

/** What became of an effect, for good. */
public sealed interface Outcome {

  /** It is on the chain, with the wanted confirmations. */
  record Mined(Receipt receipt) implements Outcome {}

  /**
   * Somebody or the clock was faster, which is no fault.
   *
   * @param receipt of the transaction that came too late; empty if nothing was sent
   */
  record LostRace(Optional<Receipt> receipt, ContractError error) implements Outcome {}

  /** The transaction was mined and changed nothing: the contract refused. */
  record Reverted(Receipt receipt, ContractError error) implements Outcome {}

  /** The contract would refuse; nothing was sent. */
  record Refused(ContractError error) implements Outcome {}

  /**
   * It was given up, by a person or because no node would take it.
   *
   * @param receipt of the transaction that took its nonce instead; empty if nothing was sent
   */
  record Cancelled(Optional<Receipt> receipt) implements Outcome {}

  /** The receipt of the transaction that decided it. */
  default Optional<Receipt> decidedBy() {
    return switch (this) {
      case Mined mined -> Optional.of(mined.receipt());
      case LostRace lost -> lost.receipt();
      case Reverted reverted -> Optional.of(reverted.receipt());
      case Refused _ -> Optional.empty();
      case Cancelled cancelled -> cancelled.receipt();
    };
  }
}
