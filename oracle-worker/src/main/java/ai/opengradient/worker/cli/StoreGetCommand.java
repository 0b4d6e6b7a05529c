package ai.opengradient.worker.cli;

import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a file from the store or its sources to disk. */
@Command(
    name = "get",
    description = {
      "Write a file from the local store or the configured sources to disk, verified.",
      "Begun again after a failure it goes on where it was."
    })
final class StoreGetCommand extends Subcommand {
  @Parameters(index = "0", paramLabel = "CID", description = "The file's content id.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "Where to write it; must not exist.")
  private Path file = Path.of("");

  @Option(
      names = "--limit",
      paramLabel = "BYTES",
      description = "Longest file to take; without it whatever the disk takes.")
  private @Nullable Long limit;

  @Override
  Answer answer() {
    ContentId root = ContentId.parse(id);
    Path target = opg().surroundings().folder().resolve(file);
    FetchProgress progress = new FetchProgress(opg());
    try (ContentAccess content = ContentAccess.open(opg().store())) {
      long length = write(content.fetch(), root, target, progress);
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
      return fetch.write(root, target, limit == null ? Long.MAX_VALUE : limit, progress);
    } catch (FileAlreadyExistsException e) {
      throw new OpgException(ErrorCode.FILE_EXISTS, target + " exists", e);
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_WRITABLE, target + " can't be written: " + e, e);
    }
  }
}
