package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;

/** The local block store. */
@Command(
    name = "store",
    description = "Keep files by content and serve them.",
    subcommands = {
      StoreServeCommand.class,
      StoreAddCommand.class,
      StoreGetCommand.class,
      StoreExportCommand.class,
      StoreImportCommand.class,
      StorePinCommand.class,
      StoreGcCommand.class
    })
final class StoreCommand extends Group {}
