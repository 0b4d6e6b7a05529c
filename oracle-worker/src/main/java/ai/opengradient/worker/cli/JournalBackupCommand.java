package ai.opengradient.worker.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Has the running worker copy its journal. */
@Command(
    name = "backup",
    description = {
      "Have the running worker write a whole copy of its journal; it goes on meanwhile.",
      "Nothing is written over, and only the worker's user can read the copy."
    })
final class JournalBackupCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "The copy, which must not exist.")
  private Path file = Path.of("");

  @Override
  Answer answer() throws InterruptedException {
    Path whole = opg().surroundings().folder().resolve(file).toAbsolutePath().normalize();
    new AdminClient(opg().worker().admin())
        .post(
            "/journal/backup?file=" + URLEncoder.encode(whole.toString(), StandardCharsets.UTF_8));
    return new Answer(
        new Fields().with("file", whole).toMap(), "The journal's copy is " + whole + ".");
  }
}
