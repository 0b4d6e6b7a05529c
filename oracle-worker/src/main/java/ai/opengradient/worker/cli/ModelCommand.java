package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** Models: what a file holds, what is published, what is registered. */
@Command(
    name = "model",
    description = {
      "Inspect, lower, run and compare models; publish, register, list and deprecate them."
    },
    subcommands = {
      ModelInspectCommand.class,
      ModelLowerCommand.class,
      ModelProgramCommand.class,
      ModelRunCommand.class,
      ModelCompareCommand.class,
      ModelCalibrateCommand.class,
      ModelPublishCommand.class,
      ModelRegisterCommand.class,
      ModelAttestCommand.class,
      ModelListCommand.class,
      ModelShowCommand.class,
      ModelDeprecateCommand.class
    })
final class ModelCommand extends Group {}
