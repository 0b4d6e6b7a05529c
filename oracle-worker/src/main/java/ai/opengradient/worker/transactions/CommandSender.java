package ai.opengradient.worker.transactions;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.Pause;
import ai.opengradient.worker.keys.Signer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends one transaction after the other for a command, and waits for each. For accounts that no
 * worker uses; the account's {@code KeyLock} must be held.
 */
public final class CommandSender {

  private final Outbox outbox = new MemoryOutbox();
  private final TransactionSender sender;
  private final Pause pause;
  private final Duration interval;
  private final int looks;
  private long sent;

  /**
   * @param interval between two looks at the chain
   * @param looks after how many of them to give up waiting
   */
  public CommandSender(
      ChainClient node,
      long chainId,
      Signer signer,
      SenderSettings settings,
      Pause pause,
      Duration interval,
      int looks) {
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
                  + "); look for it before repeating the command");
      this.transactions = List.copyOf(transactions);
    }

    /** The hashes under which it may still be mined; empty if nothing was sent. */
    public List<Hash> transactions() {
      return transactions;
    }
  }

  /**
   * Sends the call and waits until it is settled.
   *
   * @throws NotSettled if it isn't after the last look
   * @throws ChainException if the node fails before anything was sent
   */
  public Outcome send(Call call) throws InterruptedException {
    EffectKey key = EffectKey.of("command", ++sent);
    outbox.intend(key, call);
    String lastSeen = "no answer";
    for (int look = 0; look < looks; look++) {
      if (look > 0) {
        pause.sleep(interval);
      }
      StepReport report = sender.step();
      for (StepReport.Settled settled : report.settled()) {
        if (settled.key().equals(key)) {
          return settled.outcome();
        }
      }
      Optional<ChainException> failure = report.failure();
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
}
