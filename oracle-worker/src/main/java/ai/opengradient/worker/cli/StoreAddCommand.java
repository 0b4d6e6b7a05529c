package ai.opengradient.worker.cli;

import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.unixfs.FolderImporter;
import ai.opengradient.store.unixfs.ImportedDirectory;
import ai.opengradient.store.unixfs.ImportedFile;
import ai.opengradient.store.unixfs.UnixFsImporter;
import ai.opengradient.worker.telemetry.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts a file or a folder into the local store. */
@Command(
    name = "add",
    description =
        "Add a file, or a folder with all that is in it, to the local store, pinned, and print its content id.")
final class StoreAddCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "The file or folder.")
  private Path file = Path.of("");

  @Override
  Answer answer() {
    BlockStore store = opg().store().blocks(WallClock.instants());
    Path named = opg().surroundings().folder().resolve(file);
    if (Files.isDirectory(named)) {
      ImportedDirectory added = new FolderImporter(store).add(named);
      return new Answer(new Fields().with("cid", added.root()).toMap(), added.root().toString());
    }
    ImportedFile added = new UnixFsImporter(store).add(opg().existing(file));
    return new Answer(
        new Fields()
            .with("cid", added.root())
            .with("sha256", added.sha256())
            .with("length", added.length())
            .toMap(),
        added.root().toString());
  }
}
