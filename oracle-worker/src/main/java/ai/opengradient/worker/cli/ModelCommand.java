package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** Models: what a file holds, what is published, what is registered. */
@Command(
    name = "model",
    description = "Inspect, publish, register, list and deprecate models.",
    subcommands = {
      ModelInspectCommand.class,
      ModelPublishCommand.class,
      ModelRegisterCommand.class,
      ModelListCommand.class,
      ModelShowCommand.class,
      ModelDeprecateCommand.class
    })
final class ModelCommand extends Group {}
