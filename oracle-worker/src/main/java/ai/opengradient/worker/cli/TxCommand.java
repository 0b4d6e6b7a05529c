package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** The running worker's transactions. */
@Command(
    name = "tx",
    description = "See the running worker's transactions, and hurry or give up one that waits.",
    subcommands = {TxListCommand.class, TxBumpCommand.class, TxCancelCommand.class})
final class TxCommand extends Group {}
