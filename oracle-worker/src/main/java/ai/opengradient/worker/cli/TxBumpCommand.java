package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** Has a dearer transaction sent in place of one that waits. */
@Command(
    name = "bump",
    description = "Have a dearer transaction sent at once in place of one that waits.")
final class TxBumpCommand extends TxOrder {
  @Override
  Answer answer() throws InterruptedException {
    return order("bump", "");
  }
}
