package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** Placeholder. */
@Command(name = "store", description = "Store.")
final class StoreCommand extends Group {}
