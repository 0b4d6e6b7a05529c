package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** A watcher. */
@Command(
    name = "watch",
    description = "Watch others' claims and challenge the wrong ones.",
    subcommands = {WatchRunCommand.class})
final class WatchCommand extends Group {}
