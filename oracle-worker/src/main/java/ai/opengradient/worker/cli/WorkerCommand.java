package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** A worker, from its first key to its exit. */
@Command(
    name = "worker",
    description = "Set up, run and watch a worker.",
    subcommands = {
      WorkerInitCommand.class,
      WorkerStakeCommand.class,
      WorkerServeCommand.class,
      WorkerRunCommand.class,
      WorkerStatusCommand.class,
      WorkerDrainCommand.class,
      WorkerExitCommand.class,
      WorkerDoctorCommand.class
    })
final class WorkerCommand extends Group {}
