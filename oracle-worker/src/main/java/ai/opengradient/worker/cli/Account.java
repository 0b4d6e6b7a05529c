package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ContractError;
import ai.opengradient.worker.chain.Receipt;
import ai.opengradient.worker.config.ChainSettings;
import ai.opengradient.worker.config.KeyFiles;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.keys.KeyLock;
import ai.opengradient.worker.keys.Keystore;
import ai.opengradient.worker.keys.RemoteSigner;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.transactions.CommandSender;
import ai.opengradient.worker.transactions.FeePolicy;
import ai.opengradient.worker.transactions.Outcome;
import ai.opengradient.worker.transactions.SenderSettings;
import java.io.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The account of the configured key, which no other process uses at the same time. What it has sent
 * is kept beside the key until the command's user was told, so that the same command goes on after
 * a crash and sends nothing twice.
 */
final class Account implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long BLOCKS_UNTIL_STUCK = 10;
  private static final Duration SIGNER_PATIENCE = Duration.ofSeconds(10);

  private final Opg opg;
  private final ChainAccess chain;
  private final Signer signer;
  private final KeyLock lock;
  private final CommandJournal journal;
  private final CommandSender sender;
  private final List<CommandSender.Earlier> earlier = new ArrayList<>();

  private Account(
      Opg opg,
      ChainAccess chain,
      Signer signer,
      KeyLock lock,
      CommandJournal journal,
      CommandSender sender) {
    this.opg = opg;
    this.chain = chain;
    this.signer = signer;
    this.lock = lock;
    this.journal = journal;
    this.sender = sender;
  }

  /** Opens the key, and takes its lock and its journal. */
  static Account open(Opg opg, ChainAccess chain, KeyFiles files, ChainSettings settings) {
    Signer signer = signer(files);
    Path folder = Objects.requireNonNull(files.keystore().toAbsolutePath().getParent());
    KeyLock lock = KeyLock.acquire(folder, signer.address());
    CommandJournal journal = null;
    try {
      journal =
          CommandJournal.open(
              folder, chain.deployment(), signer.address(), opg.surroundings().commits());
      return new Account(
          opg, chain, signer, lock, journal, sender(chain, signer, journal, settings));
    } finally {
      if (journal == null) {
        lock.close();
      }
    }
  }

  private static CommandSender sender(
      ChainAccess chain, Signer signer, CommandJournal journal, ChainSettings settings) {
    return new CommandSender(
        chain.node(),
        chain.deployment().chainId(),
        signer,
        journal.outbox(),
        new SenderSettings(
            settings.confirmations(), BLOCKS_UNTIL_STUCK, new FeePolicy(settings.feeCap())),
        Thread::sleep,
        settings.pollInterval(),
        (int) Math.max(2, PATIENCE.dividedBy(settings.pollInterval())));
  }

  /** Brings to its end what a command that was cut short has sent. */
  void settleEarlier() throws InterruptedException {
    if (journal.isNew()) {
      return;
    }
    opg.progress("An earlier command did not come to its end; looking at what it has sent …");
    earlier.addAll(sender.settleEarlier());
    for (CommandSender.Earlier effect : earlier) {
      Receipt receipt = effect.outcome().receipt();
      opg.progress("It has transaction " + receipt.transaction() + " in block " + receipt.block());
    }
  }

  /** What an earlier command, which was cut short, has done of what this call would do. */
  Optional<Receipt> done(Call intention) {
    Optional<CommandSender.Earlier> found =
        earlier.stream().filter(effect -> effect.isOf(intention)).findFirst();
    found.ifPresent(earlier::remove);
    return found.map(effect -> effect.outcome().receipt());
  }

  /** Opens the key. */
  static Signer signer(KeyFiles files) {
    return files
        .remote()
        .<Signer>map(
            remote -> RemoteSigner.connect(remote.signer(), remote.account(), SIGNER_PATIENCE))
        .orElseGet(() -> Keystore.load(files.keystore(), password(files)));
  }

  /**
   * The password of the configured file, or of whoever sits at the terminal; empty where a signer
   * elsewhere has the key.
   */
  static String password(KeyFiles files) {
    if (files.remote().isPresent()) {
      return "";
    }
    return files.password().map(Keystore::passwordFrom).orElseGet(() -> ask(files.keystore()));
  }

  private static String ask(Path keystore) {
    Console console = Objects.requireNonNull(System.console());
    char[] password =
        !console.isTerminal() ? null : console.readPassword("Password of %s: ", keystore);
    if (password == null) {
      throw new OpgException(
          ErrorCode.PASSWORD_MISSING, keystore + " needs one, and there is no terminal to ask in");
    }
    return new String(password);
  }

  Address address() {
    return signer.address();
  }

  /**
   * Sends a call and waits until it is on the chain, unless an earlier command that was cut short
   * has done so.
   *
   * @param purpose what it is for, for people
   * @throws OpgException with the contract's refusal
   */
  Receipt send(String purpose, Call call) throws InterruptedException {
    Optional<Receipt> done = done(call);
    return done.isPresent() ? done.get() : send(purpose, call, call);
  }

  /**
   * Sends a call and waits until it is on the chain.
   *
   * @param purpose what it is for, for people
   * @param intention by which {@link #done} knows it again
   * @throws OpgException with the contract's refusal
   */
  Receipt send(String purpose, Call call, Call intention) throws InterruptedException {
    if (chain.node().coinBalance(address()).signum() == 0) {
      throw new OpgException(
          ErrorCode.GAS_FUNDS_TOO_LOW,
          address() + " has none of the chain's coin, and " + purpose + " needs gas");
    }
    opg.progress(purpose + " …");
    return switch (sender.send(call, intention)) {
      case Outcome.Mined mined -> mined.receipt();
      case Outcome.LostRace lost -> throw refused(purpose, lost.error());
      case Outcome.Reverted reverted -> throw refused(purpose, reverted.error());
      case Outcome.Refused refused -> throw refused(purpose, refused.error());
      case Outcome.Cancelled _ ->
          throw new OpgException(
              ErrorCode.NODE_REFUSED, purpose + ": no node took the transaction; it was given up");
    };
  }

  /**
   * Lets a contract take this much of the account's $OPG, if it may not yet.
   *
   * @throws OpgException 356 if the account does not have it
   */
  Optional<Receipt> allow(Address spender, Amount amount) throws InterruptedException {
    Amount balance = chain.token().balance(address());
    if (balance.compareTo(amount) < 0) {
      throw new OpgException(
          ErrorCode.ERC20_INSUFFICIENT_BALANCE,
          address() + " has " + balance + " OPG, " + amount + " OPG are needed");
    }
    if (chain.token().allowance(address(), spender).compareTo(amount) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        send("Approve " + amount + " OPG", chain.tokenCalls().approve(spender, amount)));
  }

  private static OpgException refused(String purpose, ContractError error) {
    return new OpgException(Failures.codeOf(error), purpose + " was refused: " + error);
  }

  /** The user knows all that was sent: nothing of it needs to be kept. */
  void told() {
    journal.told();
  }

  @Override
  public void close() {
    journal.close();
    lock.close();
  }
}
