package ai.opengradient.worker.cli;

import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.unixfs.ContentPath;
import ai.opengradient.store.unixfs.DirectoryReader;
import ai.opengradient.store.unixfs.Limits;
import ai.opengradient.store.unixfs.TreeExporter;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a file or directory from the store or its sources to disk. */
@Command(
    name = "get",
    description = {
      "Write a file or directory from the local store or the configured sources to disk, verified.",
      "A file that is begun again after a failure goes on where it was."
    })
final class StoreGetCommand extends Subcommand {
  @Parameters(
      index = "0",
      paramLabel = "CID",
      description = "The content id, or a path below one: CID/folder/file.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "Where to write it; must not exist.")
  private Path file = Path.of("");

  @Option(
      names = "--limit",
      paramLabel = "BYTES",
      description = "Most bytes to take, all files together; without it whatever the disk takes.")
  private @Nullable Long limit;

  @Override
  Answer answer() {
    ContentPath path = ContentPath.parse(id);
    Path target = opg().surroundings().folder().resolve(file);
    FetchProgress progress = new FetchProgress(opg());
    try (ContentAccess content = ContentAccess.open(opg().store())) {
      VerifiedFetch fetch = content.fetch();
      DirectoryReader directories = new DirectoryReader(fetch.blocks());
      ContentId root = directories.resolve(path);
      long length =
          directories.isDirectory(root)
              ? writeDirectory(fetch.blocks(), root, target)
              : write(fetch, root, target, progress);
      List<String> lines = new ArrayList<>();
      lines.add(length + " bytes in " + target);
      lines.addAll(progress.lines());
      return new Answer(
          new Fields()
              .with("cid", root)
              .with("file", target)
              .with("length", length)
              .with("sources", progress.fields())
              .toMap(),
          lines);
    }
  }

  private long write(VerifiedFetch fetch, ContentId root, Path target, FetchProgress progress) {
    try {
      return fetch.write(root, target, mostBytes(), progress);
    } catch (FileAlreadyExistsException e) {
      throw new OpgException(ErrorCode.FILE_EXISTS, target + " exists", e);
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_WRITABLE, target + " can't be written: " + e, e);
    }
  }

  /** Under another name first, so that what is not whole never stands under its own. */
  private long writeDirectory(BlockSource blocks, ContentId root, Path target) {
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    try {
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      new FileTree(unfinished).delete();
      try {
        long length =
            new TreeExporter(blocks, Limits.ofLength(mostBytes()))
                .export(root, unfinished)
                .length();
        Files.move(unfinished, target);
        return length;
      } finally {
        new FileTree(unfinished).delete();
      }
    } catch (FileAlreadyExistsException e) {
      throw new OpgException(ErrorCode.FILE_EXISTS, target + " exists", e);
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_WRITABLE, target + " can't be written: " + e, e);
    }
  }

  private long mostBytes() {
    return limit == null ? Long.MAX_VALUE : limit;
  }
}
