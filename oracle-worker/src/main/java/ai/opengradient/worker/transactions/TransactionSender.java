package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.ContractError;
import ai.opengradient.worker.chain.GasPrices;
import ai.opengradient.worker.chain.Receipt;
import ai.opengradient.worker.keys.KeyException;
import ai.opengradient.worker.keys.SignedTransaction;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.keys.UnsignedTransaction;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one sender of an account's transactions. Each step takes every open effect of the outbox as
 * far as it can go now. It keeps nothing between steps that the outbox and the chain don't have, so
 * that a restarted sender goes on where the last one was cut off. For use by one thread; the
 * account's {@code KeyLock} must be held.
 */
public final class TransactionSender {

  /** No transaction may have more gas (EIP-7825). */
  private static final long GAS_LIMIT_CAP = 1L << 24;

  /**
   * The state moves between the estimate and the block: a block later a draw may be known, and with
   * it a late worker to penalise. What is not used costs nothing, a failure for lack of gas costs
   * all.
   */
  private static final long GAS_HEADROOM = 150_000;

  private final ChainClient node;
  private final long chainId;
  private final Signer signer;
  private final Outbox outbox;
  private final SenderSettings settings;

  public TransactionSender(
      ChainClient node, long chainId, Signer signer, Outbox outbox, SenderSettings settings) {
    this.node = node;
    this.chainId = chainId;
    this.signer = signer;
    this.outbox = outbox;
    this.settings = settings;
  }

  /**
   * Takes every open effect as far as it can go now. A failure of the node ends up in the report.
   */
  public StepReport step() {
    List<StepReport.Settled> settled = new ArrayList<>();
    List<StepReport.Waiting> waiting = new ArrayList<>();
    @Nullable ChainException failure = null;
    try {
      BlockReference newest = node.newestBlock();
      List<OutboxEntry> open = outbox.open();
      // What is signed first: what became of it decides the next nonce.
      for (OutboxEntry entry : open) {
        if (!(entry.stage() instanceof Stage.Intended)) {
          report(entry.key(), advance(entry, newest), settled, waiting);
        }
      }
      for (OutboxEntry entry : open) {
        if (entry.stage() instanceof Stage.Intended) {
          report(entry.key(), advance(entry, newest), settled, waiting);
        }
      }
    } catch (ChainException cutShort) {
      failure = cutShort;
    }
    return new StepReport(settled, waiting, Optional.ofNullable(failure));
  }

  private static void report(
      EffectKey key,
      Progress progress,
      List<StepReport.Settled> settled,
      List<StepReport.Waiting> waiting) {
    switch (progress) {
      case Progress.Done done -> settled.add(new StepReport.Settled(key, done.outcome()));
      case Progress.Open open -> waiting.add(new StepReport.Waiting(key, open.reason()));
    }
  }

  /** How far one effect came in a step. */
  private sealed interface Progress {
    record Done(Outcome outcome) implements Progress {}

    record Open(StepReport.Reason reason) implements Progress {}
  }

  private Progress advance(OutboxEntry entry, BlockReference newest) {
    try {
      return switch (entry.stage()) {
        case Stage.Intended _ -> begin(entry, newest);
        case Stage.Signed signed -> resolve(entry, signed.attempts(), newest);
        case Stage.Included included -> confirm(entry, included, newest);
        case Stage.Closed closed -> new Progress.Done(closed.outcome());
      };
    } catch (ChainException.NodeRefused trouble) {
      return new Progress.Open(new StepReport.Reason.NodeTrouble(trouble));
    } catch (KeyException unsigned) {
      return new Progress.Open(new StepReport.Reason.Unsigned(unsigned));
    } catch (PromiseException.NonceInUse inUse) {
      return new Progress.Open(new StepReport.Reason.Unsigned(inUse));
    } catch (PromiseException.Contradiction contradiction) {
      return entry.stage() instanceof Stage.Intended
          ? close(entry, new Outcome.Refused(contradicts(contradiction)))
          : new Progress.Open(new StepReport.Reason.Unsigned(contradiction));
    }
  }

  private static ContractError contradicts(PromiseException.Contradiction contradiction) {
    return new ContractError(
        "ContradictsPromise",
        List.of(new ContractError.Argument("subject", contradiction.subject())));
  }

  private Progress begin(OutboxEntry entry, BlockReference newest) {
    long gasLimit;
    try {
      node.call(signer.address(), entry.call());
      long estimate = node.estimateGas(signer.address(), entry.call());
      gasLimit = Math.min(GAS_LIMIT_CAP, estimate + estimate / 4 + GAS_HEADROOM);
    } catch (ChainException.CallRefused refused) {
      return switch (Verdict.of(refused.error())) {
        case LOST_RACE -> close(entry, new Outcome.LostRace(Optional.empty(), refused.error()));
        case TOO_EARLY -> new Progress.Open(new StepReport.Reason.TooEarly(refused.error()));
        case REFUSED -> close(entry, new Outcome.Refused(refused.error()));
      };
    }
    GasPrices prices = node.gasPrices();
    Optional<Fees> fees = settings.fees().first(prices);
    if (fees.isEmpty()) {
      return new Progress.Open(new StepReport.Reason.FeeAboveCap(settings.fees().cap()));
    }
    BigInteger needed =
        fees.get().maxFee().multiply(BigInteger.valueOf(gasLimit)).add(entry.call().coin());
    BigInteger balance = node.coinBalance(signer.address());
    if (balance.compareTo(needed) < 0) {
      return new Progress.Open(new StepReport.Reason.NeedsGas(balance, needed));
    }
    return send(entry, List.of(), sign(entry, nextNonce(), gasLimit, fees.get(), newest));
  }

  /**
   * After all that the node knows of, and all that this outbox has signed, whether the node has
   * seen it or not.
   */
  private long nextNonce() {
    long onChain = Math.max(node.nonce(signer.address()), node.pendingNonce(signer.address()));
    return outbox.open().stream()
        .mapToLong(entry ->
            switch (entry.stage()) {
              case Stage.Signed signed -> signed.attempts().getFirst().nonce() + 1;
              case Stage.Included included -> included.attempts().getFirst().nonce() + 1;
              case Stage.Intended _, Stage.Closed _ -> 0;
            })
        .reduce(onChain, Math::max);
  }

  /** What is signed was promised before, so that nothing else is ever signed in its place. */
  private Attempt sign(
      OutboxEntry entry, long nonce, long gasLimit, Fees fees, BlockReference newest) {
    outbox.promise(entry.key(), nonce);
    Call call = entry.call();
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
    return new Attempt(nonce, transaction, fees, gasLimit, newest.number());
  }

  /** Journals the attempt before the node hears of it. */
  private Progress send(OutboxEntry entry, List<Attempt> earlier, Attempt attempt) {
    List<Attempt> attempts = new ArrayList<>(earlier);
    attempts.add(attempt);
    outbox.record(entry.key(), new Stage.Signed(attempts));
    return broadcast(attempt);
  }

  /**
   * Whatever the node says, whether the transaction is on its way is found out by hash and nonce.
   */
  private Progress broadcast(Attempt attempt) {
    try {
      node.sendRawTransaction(attempt.transaction().bytes());
      return new Progress.Open(new StepReport.Reason.NotMined());
    } catch (ChainException.Interrupted stopping) {
      throw stopping;
    } catch (ChainException trouble) {
      return new Progress.Open(new StepReport.Reason.NodeTrouble(trouble));
    }
  }

  private Progress resolve(OutboxEntry entry, List<Attempt> attempts, BlockReference newest) {
    long nonce = attempts.getFirst().nonce();
    // The nonce before the receipts: what it counts, the receipts must show.
    long settledNonce =
        node.nonceAt(signer.address(), Math.max(0, newest.number() - settings.confirmations()));
    for (Attempt attempt : attempts.reversed()) {
      Optional<Receipt> receipt = node.receipt(attempt.transaction().hash());
      if (receipt.isPresent()) {
        Stage.Included included = new Stage.Included(attempts, receipt.get());
        outbox.record(entry.key(), included);
        return confirm(entry, included, newest);
      }
    }
    boolean known = attempts.stream().anyMatch(attempt -> node.knows(attempt.transaction().hash()));
    if (!known && settledNonce > nonce) {
      outbox.record(entry.key(), new Stage.Intended());
      return new Progress.Open(new StepReport.Reason.NonceTaken(nonce));
    }
    Attempt last = attempts.getLast();
    boolean stuck = newest.number() - last.signedAtBlock() >= settings.blocksUntilStuck();
    // Only what is next in line: a later one waits for those before it, and no fee helps.
    if (stuck && node.nonce(signer.address()) == nonce) {
      return replace(entry, attempts, newest);
    }
    return known ? new Progress.Open(new StepReport.Reason.NotMined()) : broadcast(last);
  }

  private Progress replace(OutboxEntry entry, List<Attempt> attempts, BlockReference newest) {
    Attempt last = attempts.getLast();
    Optional<Fees> fees = settings.fees().replacement(last.fees(), node.gasPrices());
    if (fees.isEmpty()) {
      broadcast(last);
      return new Progress.Open(new StepReport.Reason.FeeAboveCap(settings.fees().cap()));
    }
    return send(entry, attempts, sign(entry, last.nonce(), last.gasLimit(), fees.get(), newest));
  }

  private Progress confirm(OutboxEntry entry, Stage.Included included, BlockReference newest) {
    Receipt receipt = included.receipt();
    boolean stands =
        node.receipt(receipt.transaction())
            .map(now -> now.blockHash().equals(receipt.blockHash()))
            .orElse(false);
    if (!stands) {
      outbox.record(entry.key(), new Stage.Signed(included.attempts()));
      return resolve(entry, included.attempts(), newest);
    }
    if (newest.number() - receipt.block() < settings.confirmations()) {
      return new Progress.Open(new StepReport.Reason.Confirming());
    }
    return close(
        entry,
        receipt.succeeded()
            ? new Outcome.Mined(receipt)
            : failure(entry.call(), included, receipt));
  }

  private Outcome failure(Call call, Stage.Included included, Receipt receipt) {
    ContractError error =
        refusalAt(call, receipt.block() - 1)
            .or(() -> refusalAt(call, receipt.block()))
            .orElseGet(() -> unexplained(included, receipt));
    return switch (Verdict.of(error)) {
      case LOST_RACE -> new Outcome.LostRace(Optional.of(receipt), error);
      case TOO_EARLY, REFUSED -> new Outcome.Reverted(receipt, error);
    };
  }

  /**
   * The chain doesn't keep why a transaction failed: the call is tried again in the state before it
   * and after it.
   */
  private Optional<ContractError> refusalAt(Call call, long block) {
    try {
      node.callAt(signer.address(), call, block);
      return Optional.empty();
    } catch (ChainException.CallRefused refused) {
      return Optional.of(refused.error());
    } catch (ChainException.NodeRefused stateIsGone) {
      return Optional.empty();
    }
  }

  private static ContractError unexplained(Stage.Included included, Receipt receipt) {
    boolean outOfGas =
        included.attempts().stream()
            .filter(attempt -> attempt.transaction().hash().equals(receipt.transaction()))
            .anyMatch(attempt -> attempt.gasLimit() == receipt.gasUsed());
    return outOfGas
        ? new ContractError(
            "OutOfGas",
            List.of(new ContractError.Argument("gasUsed", Long.toString(receipt.gasUsed()))))
        : ContractError.decode("0x");
  }

  private Progress close(OutboxEntry entry, Outcome outcome) {
    outbox.record(entry.key(), new Stage.Closed(outcome));
    return new Progress.Done(outcome);
  }
}
