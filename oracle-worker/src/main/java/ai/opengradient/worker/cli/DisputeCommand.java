package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** Disputes: those there are, and those there could be. */
@Command(
    name = "dispute",
    description = "Read disputes, or find out whether there is reason for one.",
    subcommands = {
      DisputeListCommand.class,
      DisputeShowCommand.class,
      DisputeReplayCommand.class,
      DisputeDryRunCommand.class
    })
final class DisputeCommand extends Group {}
