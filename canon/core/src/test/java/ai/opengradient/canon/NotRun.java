package ai.opengradient.canon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a test could not run for want of a part, in the file that the test script prints. */
public final class NotRun {
  private static final Path FILE = Path.of(System.getProperty("opg.root"), "target", "not-run.txt");

  private NotRun() {}

  /** Adds a line. */
  public static void note(String what, String whyNot) throws IOException {
    Files.createDirectories(FILE.getParent());
    Files.writeString(
        FILE, what + ": " + whyNot + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
