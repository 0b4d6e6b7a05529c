package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** Jobs: asked for, followed, answered. */
@Command(
    name = "job",
    description = "Request answers and read them; look after a running worker's jobs.",
    subcommands = {
      JobRequestCommand.class,
      JobWatchCommand.class,
      JobResultCommand.class,
      JobShowCommand.class,
      JobRetryCommand.class,
      JobQuarantineCommand.class
    })
final class JobCommand extends Group {}
