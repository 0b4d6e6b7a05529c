package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.ContractError;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one step of the sender came to.
 *
 * @param settled effects closed in this step
 * @param waiting effects that stay open, and why
 * @param failure what cut the step short; the rest is tried at the next one
 */
public record StepReport(
    List<Settled> settled, List<Waiting> waiting, Optional<ChainException> failure) {

  public StepReport {
    settled = List.copyOf(settled);
    waiting = List.copyOf(waiting);
  }

  /**
   * What somebody may have to do something about, for people; what passes by itself is left out.
   */
  public Stream<String> troubles() {
    return Stream.concat(
        failure.stream().map(cause -> String.valueOf(cause.getMessage())),
        waiting.stream().map(Waiting::reason).map(StepReport::trouble).flatMap(Optional::stream));
  }

  private static Optional<String> trouble(Reason reason) {
    return switch (reason) {
      case Reason.NeedsGas needs ->
          Optional.of(
              "the account has "
                  + needs.balance()
                  + " wei and needs "
                  + needs.needed()
                  + " for gas: send it coin");
      case Reason.BelowFloor below ->
          Optional.of(
              "the account has "
                  + below.balance()
                  + " wei, and "
                  + below.floor()
                  + " are kept for what binds: send it coin");
      case Reason.FeeAboveCap above ->
          Optional.of("gas costs more than the cap of " + above.cap() + " wei");
      case Reason.Unsigned unsigned -> Optional.of(String.valueOf(unsigned.cause().getMessage()));
      case Reason.TooEarly _,
          Reason.NotMined _,
          Reason.Confirming _,
          Reason.NonceTaken _,
          Reason.Released _,
          Reason.NodeTrouble _ ->
          Optional.empty();
    };
  }

  /** An effect and what became of it. */
  public record Settled(EffectKey key, Outcome outcome) {}

  /** An effect that stays open. */
  public record Waiting(EffectKey key, Reason reason) {}

  /** Why an effect is still open. */
  public sealed interface Reason {

    /** The contract says that it is too early; nothing is sent. */
    record TooEarly(ContractError error) implements Reason {}

    /** The account can't pay the gas; nothing is sent until it has the chain's coin. In wei. */
    record NeedsGas(BigInteger balance, BigInteger needed) implements Reason {}

    /** What the account has is kept for effects that bind. In wei. */
    record BelowFloor(BigInteger balance, BigInteger floor) implements Reason {}

    /** Gas costs more than the fee policy's cap, in wei. */
    record FeeAboveCap(BigInteger cap) implements Reason {}

    /** Sent, or perhaps sent, and not seen on the chain. */
    record NotMined() implements Reason {}

    /** On the chain, with too few confirmations so far. */
    record Confirming() implements Reason {}

    /** The nonce went to a transaction that isn't this outbox's; the effect begins anew. */
    record NonceTaken(long nonce) implements Reason {}

    /** No node took the transaction; its nonce was given up, and the effect begins anew. */
    record Released() implements Reason {}

    /**
     * The node refused, or its answer about the sending got lost; whether it is sent will be found
     * out.
     */
    record NodeTrouble(ChainException trouble) implements Reason {}

    /** The key can't be had, or must not sign this now; nothing was sent. */
    record Unsigned(RuntimeException cause) implements Reason {}
  }
}
