package ai.opengradient.worker.cli;

import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.journal.Identity;
import ai.opengradient.worker.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Brings a copy of the journal to where the worker looks for it. */
@Command(
    name = "restore",
    description = {
      "Bring a copy of the journal into the worker's data folder, which must have none.",
      "The worker must not run. At its next start it takes over from the chain what happened since the copy, before it signs anything."
    })
final class JournalRestoreCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "What `opg journal backup` wrote.")
  private Path file = Path.of("");

  @Override
  Answer answer() {
    Path copy = opg().existing(file);
    Path data = opg().worker().data();
    try {
      Files.createDirectories(data);
    } catch (IOException failure) {
      throw new OpgException(ErrorCode.FILE_NOT_WRITABLE, data + " can't be made", failure);
    }
    Identity identity = Journal.restore(copy, data);
    return new Answer(
        new Fields().with("data", data).with("worker", identity.worker()).toMap(),
        List.of(
            "The journal of " + identity + " is in " + data + ".",
            "Start the worker: it compares the journal with the chain before it signs anything."));
  }
}
