package ai.opengradient.worker.cli;

import ai.opengradient.store.car.CarImport;
import ai.opengradient.store.car.ImportedArchive;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.telemetry.WallClock;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes an archive's blocks into the local store. */
@Command(
    name = "import",
    description =
        "Take the blocks of a CAR archive into the local store, each checked, and pin its roots.")
final class StoreImportCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "The archive.")
  private Path file = Path.of("");

  @Override
  Answer answer() {
    Path archive = opg().existing(file);
    ImportedArchive imported = take(archive);
    List<String> roots = imported.roots().stream().map(ContentId::toString).toList();
    return new Answer(
        new Fields()
            .with("roots", roots)
            .with("blocks", imported.blocks())
            .with("length", imported.length())
            .toMap(),
        roots);
  }

  private ImportedArchive take(Path archive) {
    CarImport store = new CarImport(opg().store().blocks(WallClock.instants()));
    try (InputStream content = new BufferedInputStream(Files.newInputStream(archive))) {
      return store.add(content, archive.toString());
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_READABLE, archive + " can't be read", e);
    }
  }
}
