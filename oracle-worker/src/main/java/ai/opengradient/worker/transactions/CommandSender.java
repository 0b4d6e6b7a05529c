package ai.opengradient.worker.transactions;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.Keccak256;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.Pause;
import ai.opengradient.worker.keys.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends one transaction after the other for a command, and waits for each. What a command that was
 * cut short has signed goes on with the next one that has the same outbox. For accounts that no
 * worker uses; the account's {@code KeyLock} must be held.
 */
public final class CommandSender {

  private static final String KIND = "command";
  private static final int INTENTION_DIGITS = 40;

  private final Outbox outbox;
  private final TransactionSender sender;
  private final Pause pause;
  private final Duration interval;
  private final int looks;

  /**
   * @param outbox of commands alone
   * @param interval between two looks at the chain
   * @param looks after how many of them to give up waiting
   */
  public CommandSender(
      ChainClient node,
      long chainId,
      Signer signer,
      Outbox outbox,
      SenderSettings settings,
      Pause pause,
      Duration interval,
      int looks) {
    this.outbox = outbox;
    this.sender = new TransactionSender(node, chainId, signer, outbox, settings);
    this.pause = pause;
    this.interval = interval;
    this.looks = looks;
  }

  /** Nothing is known for sure of a transaction that may be on its way. */
  public static final class NotSettled extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Hash> transactions;

    NotSettled(List<Hash> transactions, String lastSeen) {
      super(
          transactions.isEmpty()
              ? "nothing was sent (" + lastSeen + "); the command can be repeated"
              : "the transaction "
                  + transactions.getLast()
                  + " may still be mined ("
                  + lastSeen
                  + "); the same command goes on with it");
      this.transactions = List.copyOf(transactions);
    }

    /** The hashes under which it may still be mined; empty if nothing was sent. */
    public List<Hash> transactions() {
      return transactions;
    }
  }

  /**
   * What a command that did not come to its end has brought about.
   *
   * @param key of its effect
   * @param outcome of its transaction, which is on the chain
   */
  public record Earlier(EffectKey key, Outcome.Mined outcome) {

    /** Whether it is what this call would bring about. */
    public boolean isOf(Call intention) {
      return key.value().endsWith("/" + digits(intention));
    }
  }

  /**
   * Brings what earlier commands have signed to its end, and forgets what they only meant to send.
   *
   * @return what was mined of it, in the order in which it was sent
   * @throws NotSettled if one isn't settled after the last look
   * @throws ChainException if the node fails
   */
  public List<Earlier> settleEarlier() throws InterruptedException {
    forgetIntended();
    // What is settled, too: its block may be no more.
    for (OutboxEntry entry : outbox.recent(Integer.MAX_VALUE).reversed()) {
      await(entry.key(), this::forgetIntended);
    }
    return outbox.recent(Integer.MAX_VALUE).reversed().stream()
        .<Earlier>mapMulti((entry, found) -> {
          if (entry.stage() instanceof Stage.Closed(Outcome.Mined mined, _)) {
            found.accept(new Earlier(entry.key(), mined));
          }
        })
        .toList();
  }

  /** Also what lost its nonce: somebody may have given it up with another wallet. */
  private void forgetIntended() {
    for (OutboxEntry entry : outbox.open()) {
      if (entry.stage() instanceof Stage.Intended) {
        outbox.record(entry.key(), new Stage.Closed(new Outcome.Cancelled(Optional.empty())));
      }
    }
  }

  /**
   * Sends the call and waits until it is settled.
   *
   * @param intention by which the effect is known again: the call itself, or the call without what
   *     may change from one try to the next
   * @throws NotSettled if it isn't after the last look
   * @throws ChainException if the node fails before anything was sent
   */
  public Outcome send(Call call, Call intention) throws InterruptedException {
    int before = outbox.recent(Integer.MAX_VALUE).size();
    EffectKey key = new EffectKey(KIND + "/" + (before + 1) + "/" + digits(intention));
    outbox.intend(key, call);
    return await(key, () -> {});
  }

  private Outcome await(EffectKey key, Runnable betweenLooks) throws InterruptedException {
    String lastSeen = "no answer";
    for (int look = 0; look < looks; look++) {
      if (look > 0) {
        pause.sleep(interval);
      }
      StepReport report = sender.step();
      betweenLooks.run();
      Optional<ChainException> failure = report.failure();
      boolean settledNow = report.settled().stream().anyMatch(now -> now.key().equals(key));
      if (outbox.find(key).orElseThrow().stage() instanceof Stage.Closed closed
          && (settledNow || failure.isEmpty())) {
        return closed.outcome();
      }
      if (failure.isPresent() && signedFor(key).isEmpty()) {
        throw failure.get();
      }
      lastSeen =
          failure
              .map(Throwable::getMessage)
              .orElseGet(() -> report.waiting().getLast().reason().toString());
    }
    throw new NotSettled(signedFor(key), lastSeen);
  }

  private List<Hash> signedFor(EffectKey key) {
    return switch (outbox.find(key).orElseThrow().stage()) {
      case Stage.Signed signed -> hashes(signed.attempts());
      case Stage.Included included -> hashes(included.attempts());
      case Stage.Intended _, Stage.Closed _ -> List.of();
    };
  }

  private static List<Hash> hashes(List<Attempt> attempts) {
    return attempts.stream().map(attempt -> attempt.transaction().hash()).toList();
  }

  private static String digits(Call intention) {
    String text = intention.to() + " " + intention.data() + " " + intention.coin();
    return Keccak256.hash(text.getBytes(StandardCharsets.US_ASCII))
        .toString()
        .substring(2, 2 + INTENTION_DIGITS);
  }
}
