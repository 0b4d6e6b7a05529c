package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has an effect given up. */
@Command(
    name = "cancel",
    description = {
      "Give up an effect: send nothing for it, or a transfer of nothing in place of its transaction.",
      "What was sent before may win all the same."
    })
final class TxCancelCommand extends TxOrder {
  @Option(
      names = "--yes-lose-what-it-binds",
      description = "Also if a job, a dispute or money may be lost without it.")
  private boolean evenIfItBinds;

  @Override
  Answer answer() throws InterruptedException {
    return order("cancel", "&binding=" + evenIfItBinds);
  }
}
