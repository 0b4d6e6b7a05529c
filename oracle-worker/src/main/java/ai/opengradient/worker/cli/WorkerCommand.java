package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** Placeholder. */
@Command(name = "worker", description = "Worker.")
final class WorkerCommand extends Group {}
