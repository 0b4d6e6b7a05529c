package ai.opengradient.worker.cli;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.journal.CommitListener;
import ai.opengradient.worker.journal.Identity;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.transactions.Outbox;
import ai.opengradient.worker.transactions.OutboxEntry;
import ai.opengradient.worker.transactions.Outcome;
import ai.opengradient.worker.transactions.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command has sent, as long as its user may not know of it. Whoever has it holds the
 * account's lock.
 */
final class CommandJournal implements AutoCloseable {
  private static final int GENESIS_DIGITS = 16;

  private final Path folder;
  private final boolean isNew;
  private final Journal journal;
  private boolean told;

  private CommandJournal(Path folder, boolean isNew, Journal journal) {
    this.folder = folder;
    this.isNew = isNew;
    this.journal = journal;
  }

  /**
   * Opens what an earlier command has left, or begins anew.
   *
   * @param keys the folder of the account's key
   */
  static CommandJournal open(
      Path keys, Deployment deployment, Address account, CommitListener commits) {
    String chain = deployment.genesisHash().toString().substring(2, 2 + GENESIS_DIGITS);
    Path folder =
        keys.resolve(account.hex() + ".sent").resolve(chain + "-" + deployment.market().hex());
    boolean isNew = !Journal.exists(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new OpgException(
          ErrorCode.FILE_NOT_WRITABLE, "what is sent can't be kept in " + folder, failure);
    }
    Identity identity =
        new Identity(deployment.chainId(), deployment.genesisHash(), deployment.market(), account);
    // Commands read no blocks.
    BlockReference start = new BlockReference(0, Hash.of(new byte[Hash.LENGTH]), 0);
    return new CommandJournal(folder, isNew, Journal.open(folder, identity, start, commits));
  }

  /** Whether no earlier command has left anything. */
  boolean isNew() {
    return isNew;
  }

  Outbox outbox() {
    return journal.outbox();
  }

  /** Nothing needs to be kept any longer. */
  void told() {
    told = true;
  }

  @Override
  public void close() {
    boolean isNeeded =
        !told && outbox().recent(Integer.MAX_VALUE).stream().anyMatch(this::mayMatter);
    journal.close();
    if (isNeeded) {
      return;
    }
    try {
      new FileTree(folder).delete();
    } catch (IOException kept) {
      throw new OpgException(
          ErrorCode.FILE_NOT_WRITABLE,
          folder
              + " can't be removed: the next command would take this one for one that was cut short",
          kept);
    }
  }

  /** A refusal was told as the command's failure, and nothing comes of it. */
  private boolean mayMatter(OutboxEntry entry) {
    return switch (entry.stage()) {
      case Stage.Intended _ -> false;
      case Stage.Signed _, Stage.Included _ -> true;
      case Stage.Closed closed -> closed.outcome() instanceof Outcome.Mined;
    };
  }
}
