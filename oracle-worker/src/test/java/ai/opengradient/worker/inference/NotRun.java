package ai.opengradient.worker.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a test could not run for want of a part, in the file that the test script prints. */
final class NotRun {
  private static final Path FILE = Path.of("..", "target", "not-run.txt");

  private NotRun() {}

  static void note(String what, String whyNot) throws IOException {
    Files.createDirectories(FILE.getParent());
    Files.writeString(
        FILE, what + ": " + whyNot + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
