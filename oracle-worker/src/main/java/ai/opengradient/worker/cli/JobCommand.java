package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** Placeholder. */
@Command(name = "job", description = "Job.")
final class JobCommand extends Group {}
