package ai.opengradient.worker.transactions;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.GasPrices;
import ai.opengradient.worker.keys.KeyException;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.transactions.Attempt.Purpose;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What keeps an account moving: dearer transactions for those that are stuck, a transfer of nothing
 * where no node takes one, and for a nonce that the chain has lost. For use by one thread.
 */
final class Replacement {

  /** After so many transactions that no node took, the nonce is given up. */
  private static final int MOST_ATTEMPTS = 6;

  private final ChainClient node;
  private final Signer signer;
  private final Outbox outbox;
  private final SenderSettings settings;
  private final Dispatch dispatch;

  Replacement(
      ChainClient node, Signer signer, Outbox outbox, SenderSettings settings, Dispatch dispatch) {
    this.node = node;
    this.signer = signer;
    this.outbox = outbox;
    this.settings = settings;
    this.dispatch = dispatch;
  }

  /** Whether the last attempt has waited too long. */
  boolean isStuck(OutboxEntry entry, BlockReference newest) {
    Attempt last = entry.stage().signed().getLast();
    long blocks = newest.number() - last.signedAtBlock();
    return blocks >= settings.blocksUntilStuck()
        || (blocks > 0 && Urgency.isTooSlow(entry.deadline(), last.signedAt(), newest.timestamp()));
  }

  /**
   * Does what helps a stuck transaction that is next in line.
   *
   * @param known whether a node has it
   */
  Progress unstick(OutboxEntry entry, boolean known, BlockReference newest) {
    Attempt last = entry.stage().signed().getLast();
    GasPrices prices = node.gasPrices();
    Optional<Fees> dearer =
        settings.fees().replacement(last.fees(), prices, urgency(entry, newest));
    boolean lacksCoin = dearer.isPresent() && !canPay(entry, dearer.get(), last.gasLimit());
    boolean goesOn = known || entry.stage().signed().size() < MOST_ATTEMPTS;
    if (dearer.isPresent() && !lacksCoin && goesOn) {
      return dispatch.send(
          entry,
          dispatch.sign(
              entry,
              call(entry, last),
              last.nonce(),
              last.gasLimit(),
              dearer.get(),
              newest,
              last.purpose()));
    }
    Optional<ChainException> trouble = known ? Optional.empty() : dispatch.broadcast(last);
    if (trouble.filter(ChainException.NodeRefused.class::isInstance).isPresent()) {
      return giveUp(entry, lacksCoin ? Purpose.RELEASE : Purpose.CANCEL, prices, newest);
    }
    // A bid at the cap is no trouble while gas costs less.
    return prices.base().compareTo(settings.fees().cap()) > 0
        ? new Progress.Open(new StepReport.Reason.FeeAboveCap(settings.fees().cap()))
        : Dispatch.progress(trouble);
  }

  private static Urgency urgency(OutboxEntry entry, BlockReference newest) {
    return Urgency.of(entry.deadline(), newest.timestamp());
  }

  private boolean canPay(OutboxEntry entry, Fees fees, long gasLimit) {
    BigInteger needed =
        fees.maxFee().multiply(BigInteger.valueOf(gasLimit)).add(entry.call().coin());
    return node.coinBalance(signer.address()).compareTo(needed) >= 0;
  }

  /** What was given up once stays so. */
  private Call call(OutboxEntry entry, Attempt last) {
    return last.purpose() == Purpose.EFFECT ? entry.call() : dispatch.nothing();
  }

  /** No node has a transaction of this nonce: a transfer need not outbid any. */
  private Progress giveUp(
      OutboxEntry entry, Purpose purpose, GasPrices prices, BlockReference newest) {
    Attempt last = entry.stage().signed().getLast();
    Optional<Fees> fees = settings.fees().first(prices, urgency(entry, newest));
    if (fees.isEmpty()) {
      return new Progress.Open(new StepReport.Reason.FeeAboveCap(settings.fees().cap()));
    }
    return dispatch.send(
        entry,
        dispatch.sign(
            entry,
            dispatch.nothing(),
            last.nonce(),
            Dispatch.TRANSFER_GAS,
            fees.get(),
            newest,
            purpose));
  }

  /** Sends a transfer of nothing where a nonce is missing that blocks later ones of ours. */
  void fillGap(BlockReference newest) {
    Set<Long> ours =
        outbox.open().stream()
            .flatMap(entry -> entry.stage().signed().stream())
            .filter(attempt -> attempt.signedAtBlock() < newest.number())
            .map(Attempt::nonce)
            .collect(Collectors.toSet());
    if (ours.isEmpty()) {
      return;
    }
    long next = node.nonce(signer.address());
    boolean isBlocked = ours.stream().anyMatch(nonce -> nonce > next);
    if (!isBlocked || ours.contains(next) || node.pendingNonce(signer.address()) != next) {
      return;
    }
    Optional<Fees> fees = settings.fees().first(node.gasPrices(), Urgency.CALM);
    EffectKey key = EffectKey.of("fill/" + next, newest.number());
    if (fees.isPresent() && outbox.intend(key, dispatch.nothing())) {
      try {
        OutboxEntry entry = outbox.find(key).orElseThrow();
        dispatch.send(
            entry,
            dispatch.sign(
                entry,
                dispatch.nothing(),
                next,
                Dispatch.TRANSFER_GAS,
                fees.get(),
                newest,
                Purpose.EFFECT));
      } catch (PromiseException.NonceInUse | KeyException later) {
        // It is open now, and is tried like any other effect.
      }
    }
  }

  /** Sends a dearer transaction now. */
  Intervention bump(OutboxEntry entry, FeePolicy policy, BlockReference newest) {
    if (!(entry.stage() instanceof Stage.Signed)) {
      return new Intervention.NotWaiting();
    }
    Attempt last = entry.stage().signed().getLast();
    return replace(entry, policy, call(entry, last), last.gasLimit(), last.purpose(), newest);
  }

  /** Gives an effect up, for good. */
  Intervention cancel(OutboxEntry entry, FeePolicy policy, BlockReference newest) {
    return switch (entry.stage()) {
      case Stage.Intended _ -> {
        outbox.record(entry.key(), new Stage.Closed(new Outcome.Cancelled(Optional.empty())));
        yield new Intervention.Withdrawn();
      }
      case Stage.Signed _ ->
          replace(entry, policy, dispatch.nothing(), Dispatch.TRANSFER_GAS, Purpose.CANCEL, newest);
      case Stage.Included _, Stage.Closed _ -> new Intervention.NotWaiting();
    };
  }

  private Intervention replace(
      OutboxEntry entry,
      FeePolicy policy,
      Call call,
      long gasLimit,
      Purpose purpose,
      BlockReference newest) {
    Attempt last = entry.stage().signed().getLast();
    Optional<Fees> fees = policy.replacement(last.fees(), node.gasPrices(), urgency(entry, newest));
    if (fees.isEmpty()) {
      return new Intervention.AboveCap(policy.cap());
    }
    Attempt attempt =
        dispatch.sign(entry, call, last.nonce(), gasLimit, fees.get(), newest, purpose);
    dispatch.send(entry, attempt);
    return new Intervention.Replaced(attempt);
  }
}
