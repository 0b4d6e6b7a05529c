package ai.opengradient.worker.cli;

import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.Limits;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a file from the store or its sources to disk. */
@Command(
    name = "get",
    description = "Write a file from the local store or the configured sources to disk, verified.")
final class StoreGetCommand extends Subcommand {
  @Parameters(index = "0", paramLabel = "CID", description = "The file's content id.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "Where to write it; must not exist.")
  private Path file = Path.of("");

  @Option(
      names = "--limit",
      paramLabel = "BYTES",
      defaultValue = "2147483648",
      description = "Longest file to take (${DEFAULT-VALUE}).")
  private long limit;

  @Override
  Answer answer() {
    ContentId root = ContentId.parse(id);
    Path target = opg().surroundings().folder().resolve(file);
    try (ContentAccess content = ContentAccess.open(opg().store())) {
      long length = write(content, root, target);
      return new Answer(
          new Fields().with("cid", root).with("file", target).with("length", length).toMap(),
          length + " bytes in " + target);
    }
  }

  /** Under another name first, so that a file that is not whole never stands under its own. */
  private long write(ContentAccess content, ContentId root, Path target) {
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
        long length =
            new UnixFsReader(content.blocks(), Limits.ofLength(limit))
                .read(root, UnixFsReader.appendingTo(channel));
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
