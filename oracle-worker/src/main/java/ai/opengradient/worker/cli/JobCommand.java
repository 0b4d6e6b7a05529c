package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** Jobs: asked for, followed, answered. */
@Command(
    name = "job",
    description = "Request answers and read them.",
    subcommands = {JobRequestCommand.class, JobWatchCommand.class, JobResultCommand.class})
final class JobCommand extends Group {}
