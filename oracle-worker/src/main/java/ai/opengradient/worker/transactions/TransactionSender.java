package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.ContractError;
import ai.opengradient.worker.chain.GasPrices;
import ai.opengradient.worker.chain.Receipt;
import ai.opengradient.worker.keys.KeyException;
import ai.opengradient.worker.keys.Signer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** A reorganisation that takes back more effects, or older ones, is beyond all help. */
  private static final int REOPENED_EFFECTS = 256;

  private static final long REOPENED_BLOCKS = 256;

  private final ChainClient node;
  private final Signer signer;
  private final Outbox outbox;
  private final SenderSettings settings;
  private final Dispatch dispatch;
  private final Replacement replacement;

  /** The newest block at which all that is settled was seen on the chain. */
  private @Nullable BlockReference standing;

  public TransactionSender(
      ChainClient node, long chainId, Signer signer, Outbox outbox, SenderSettings settings) {
    this.node = node;
    this.signer = signer;
    this.outbox = outbox;
    this.settings = settings;
    this.dispatch = new Dispatch(node, chainId, signer, outbox);
    this.replacement = new Replacement(node, signer, outbox, settings, dispatch);
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
      reopen(newest);
      List<OutboxEntry> open = outbox.open();
      // What is signed first: what became of it decides the next nonce.
      for (OutboxEntry entry : open) {
        if (!(entry.stage() instanceof Stage.Intended)) {
          report(entry.key(), advance(entry, newest), settled, waiting);
        }
      }
      open.stream()
          .filter(entry -> entry.stage() instanceof Stage.Intended)
          .sorted(Comparator.comparingLong(OutboxEntry::deadline))
          .forEach(entry -> report(entry.key(), advance(entry, newest), settled, waiting));
      replacement.fillGap(newest);
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

  /**
   * Sends a dearer transaction in place of one that waits, now.
   *
   * @param cap most that this one may pay for a unit of gas, in wei; empty: the usual
   * @throws ChainException if the chain can't be asked
   */
  public Intervention bump(EffectKey key, Optional<BigInteger> cap) {
    BlockReference newest = node.newestBlock();
    return outbox
        .find(key)
        .map(entry -> replacement.bump(entry, policy(cap), newest))
        .orElseGet(Intervention.Unknown::new);
  }

  /**
   * Gives an effect up. What is sent already may win all the same.
   *
   * @param evenIfItBinds although a job, a dispute or money may be lost without it
   * @param cap most that the transaction in its place may pay for a unit of gas, in wei; empty: the
   *     usual
   * @throws ChainException if the chain can't be asked
   */
  public Intervention cancel(EffectKey key, boolean evenIfItBinds, Optional<BigInteger> cap) {
    Optional<OutboxEntry> entry = outbox.find(key);
    if (entry.isEmpty()) {
      return new Intervention.Unknown();
    }
    return key.binds() && !evenIfItBinds
        ? new Intervention.Binds()
        : replacement.cancel(entry.get(), policy(cap), node.newestBlock());
  }

  private FeePolicy policy(Optional<BigInteger> cap) {
    return cap.map(FeePolicy::new).orElse(settings.fees());
  }

  /** What was settled in blocks that are no more is open again. */
  private void reopen(BlockReference newest) {
    BlockReference before = standing;
    if (before == null || !node.has(before)) {
      for (OutboxEntry entry : outbox.recent(REOPENED_EFFECTS)) {
        if (entry.stage() instanceof Stage.Closed closed
            && !closed.attempts().isEmpty()
            && closed
                .outcome()
                .decidedBy()
                .filter(receipt -> receipt.block() > newest.number() - REOPENED_BLOCKS)
                .filter(receipt -> !isOnChain(receipt))
                .isPresent()) {
          outbox.record(entry.key(), new Stage.Signed(closed.attempts()));
        }
      }
    }
    standing = newest;
  }

  private boolean isOnChain(Receipt receipt) {
    return node.receipt(receipt.transaction())
        .map(now -> now.blockHash().equals(receipt.blockHash()))
        .orElse(false);
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
          ? close(entry, new Outcome.Refused(contradicts(contradiction)), List.of())
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
        case LOST_RACE ->
            close(entry, new Outcome.LostRace(Optional.empty(), refused.error()), List.of());
        case TOO_EARLY -> new Progress.Open(new StepReport.Reason.TooEarly(refused.error()));
        case REFUSED -> close(entry, new Outcome.Refused(refused.error()), List.of());
      };
    }
    GasPrices prices = node.gasPrices();
    Optional<Fees> fees =
        settings.fees().first(prices, Urgency.of(entry.deadline(), newest.timestamp()));
    if (fees.isEmpty()) {
      return new Progress.Open(new StepReport.Reason.FeeAboveCap(settings.fees().cap()));
    }
    BigInteger needed =
        fees.get().maxFee().multiply(BigInteger.valueOf(gasLimit)).add(entry.call().coin());
    BigInteger balance = node.coinBalance(signer.address());
    if (balance.compareTo(needed) < 0) {
      return new Progress.Open(new StepReport.Reason.NeedsGas(balance, needed));
    }
    if (!entry.key().binds() && balance.subtract(needed).compareTo(settings.floor()) < 0) {
      return new Progress.Open(new StepReport.Reason.BelowFloor(balance, settings.floor()));
    }
    return dispatch.send(
        entry,
        dispatch.sign(
            entry,
            entry.call(),
            dispatch.nextNonce(),
            gasLimit,
            fees.get(),
            newest,
            Attempt.Purpose.EFFECT));
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
    Optional<ContractError> early = known ? Optional.empty() : tooEarly(entry, nonce);
    if (early.isPresent()) {
      return new Progress.Open(new StepReport.Reason.TooEarly(early.get()));
    }
    // Only what is next in line: a later one waits for those before it, and no fee helps.
    if (replacement.isStuck(entry, newest) && node.nonce(signer.address()) == nonce) {
      return replacement.unstick(entry, known, newest);
    }
    return Dispatch.progress(known ? Optional.empty() : dispatch.broadcast(attempts.getLast()));
  }

  /**
   * What a reorganisation took back may come too early now: by the clock, or while what it builds
   * on is taken back with it.
   */
  private Optional<ContractError> tooEarly(OutboxEntry entry, long nonce) {
    if (entry.stage().signed().getLast().purpose() != Attempt.Purpose.EFFECT) {
      return Optional.empty();
    }
    try {
      node.call(signer.address(), entry.call());
      return Optional.empty();
    } catch (ChainException.CallRefused refused) {
      boolean waits =
          Verdict.of(refused.error()) == Verdict.TOO_EARLY || node.nonce(signer.address()) < nonce;
      return waits ? Optional.of(refused.error()) : Optional.empty();
    }
  }

  private Progress confirm(OutboxEntry entry, Stage.Included included, BlockReference newest) {
    Receipt receipt = included.receipt();
    if (!isOnChain(receipt)) {
      outbox.record(entry.key(), new Stage.Signed(included.attempts()));
      return resolve(outbox.find(entry.key()).orElseThrow(), included.attempts(), newest);
    }
    if (newest.number() - receipt.block() < settings.confirmations()) {
      return new Progress.Open(new StepReport.Reason.Confirming());
    }
    return switch (purpose(included)) {
      case EFFECT ->
          close(
              entry,
              receipt.succeeded()
                  ? new Outcome.Mined(receipt)
                  : failure(entry.call(), included, receipt),
              included.attempts());
      case CANCEL -> close(entry, new Outcome.Cancelled(Optional.of(receipt)), included.attempts());
      case RELEASE -> {
        outbox.record(entry.key(), new Stage.Intended());
        yield new Progress.Open(new StepReport.Reason.Released());
      }
    };
  }

  private static Attempt.Purpose purpose(Stage.Included included) {
    return included.attempts().stream()
        .filter(attempt -> attempt.transaction().hash().equals(included.receipt().transaction()))
        .map(Attempt::purpose)
        .findFirst()
        .orElse(Attempt.Purpose.EFFECT);
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

  private Progress close(OutboxEntry entry, Outcome outcome, List<Attempt> attempts) {
    outbox.record(entry.key(), new Stage.Closed(outcome, attempts));
    return new Progress.Done(outcome);
  }
}
