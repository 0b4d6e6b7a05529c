package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.transactions.EffectKey;
import ai.opengradient.worker.transactions.Outbox;
import ai.opengradient.worker.transactions.OutboxEntry;
import ai.opengradient.worker.transactions.Outcome;
import ai.opengradient.worker.transactions.Stage;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has transactions sent once. Each effect has a name that is unique on the chain; one that the
 * contract refused is tried again a few times, one that was mined or came too late never.
 *
 * <p>After a start without memory, transactions of the last life may be on their way: until they
 * are settled nothing new is begun, since the chain does not show yet what they change.
 */
public final class CourtSends {
  private static final int ATTEMPTS = 3;

  private final ChainClient node;
  private final Outbox outbox;
  private final Address account;

  /**
   * @param outbox of the account's one sender
   */
  public CourtSends(ChainClient node, Outbox outbox, Address account) {
    this.node = node;
    this.outbox = outbox;
    this.account = account;
  }

  /** Whether transactions of the account are on their way that the outbox does not know. */
  public boolean isBehind() {
    long known =
        outbox.open().stream().filter(entry -> entry.stage() instanceof Stage.Signed).count();
    return node.pendingNonce(account) - node.nonce(account) > known;
  }

  /** Whether an effect of this kind is not settled yet. */
  boolean isUnderway(CourtEffect kind) {
    return outbox.open().stream().anyMatch(entry -> kind.isKindOf(entry.key().value()));
  }

  /**
   * Has an effect brought about that no deadline holds, unless it was begun before.
   *
   * @param effect its name, by {@link CourtEffect#of}
   * @return whether it was begun now
   */
  public boolean send(String effect, Supplier<Call> call) {
    return send(effect, OutboxEntry.NO_DEADLINE, call);
  }

  /**
   * The same by a deadline: the nearer it is, the more is paid.
   *
   * @param deadline chain time, seconds
   */
  public boolean send(String effect, long deadline, Supplier<Call> call) {
    CourtEffect.requireKnown(effect);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      EffectKey key = EffectKey.of(effect, attempt);
      Optional<OutboxEntry> entry = outbox.find(key);
      if (entry.isEmpty()) {
        return !isBehind() && outbox.intend(key, call.get(), deadline);
      }
      if (!wasRefused(entry.get().stage())) {
        return false;
      }
    }
    return false;
  }

  private static boolean wasRefused(Stage stage) {
    return stage instanceof Stage.Closed closed
        && switch (closed.outcome()) {
          case Outcome.Refused _, Outcome.Reverted _ -> true;
          case Outcome.Mined _, Outcome.LostRace _, Outcome.Cancelled _ -> false;
        };
  }
}
