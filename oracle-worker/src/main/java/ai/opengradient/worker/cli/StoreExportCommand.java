package ai.opengradient.worker.cli;

import ai.opengradient.store.car.CarExport;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.UnixFsReader;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes content with all its blocks into an archive. */
@Command(
    name = "export",
    description =
        "Write a file or directory of the local store or its sources into a CAR archive, block by block.")
final class StoreExportCommand extends Subcommand {
  @Parameters(index = "0", paramLabel = "CID", description = "The content's id.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "Where to write it; must not exist.")
  private Path file = Path.of("");

  @Override
  Answer answer() {
    ContentId root = ContentId.parse(id);
    Path target = opg().surroundings().folder().resolve(file);
    try (ContentAccess content = ContentAccess.open(opg().store())) {
      long length = write(new CarExport(content.fetch().blocks()), root, target);
      return new Answer(
          new Fields().with("cid", root).with("file", target).with("length", length).toMap(),
          length + " bytes in " + target);
    }
  }

  /** Under another name first, so that an archive that is not whole never stands under its own. */
  private static long write(CarExport export, ContentId root, Path target) {
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    try {
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        export.write(root, UnixFsReader.appendingTo(channel));
        long length = channel.position();
        Files.move(unfinished, target);
        return length;
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (FileAlreadyExistsException e) {
      throw new OpgException(ErrorCode.FILE_EXISTS, target + " exists", e);
    } catch (IOException | UncheckedIOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_WRITABLE, target + " can't be written: " + e, e);
    }
  }
}
