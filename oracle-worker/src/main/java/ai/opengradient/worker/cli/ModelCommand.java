package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** Placeholder. */
@Command(name = "model", description = "Model.")
final class ModelCommand extends Group {}
