package ai.opengradient.worker.cli;

import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.unixfs.ImportedFile;
import ai.opengradient.store.unixfs.UnixFsImporter;
import ai.opengradient.worker.telemetry.WallClock;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts a file into the local store. */
@Command(
    name = "add",
    description = "Add a file to the local store, pinned, and print its content id.")
final class StoreAddCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  @Override
  Answer answer() {
    Path source = opg().existing(file);
    BlockStore store = opg().store().blocks(WallClock.instants());
    ImportedFile added = new UnixFsImporter(store).add(source);
    return new Answer(
        new Fields()
            .with("cid", added.root())
            .with("sha256", added.sha256())
            .with("length", added.length())
            .toMap(),
        added.root().toString());
  }
}
