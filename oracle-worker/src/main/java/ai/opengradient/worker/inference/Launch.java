package ai.opengradient.worker.inference;

import java.io.IOException;
import java.nio.file.Path;

/** How a kind of child is started. */
@FunctionalInterface
interface Launch {
  /**
   * The command.
   *
   * @param socket where the parent waits for the child
   * @throws IOException if something that the command needs can't be had
   */
  ProcessBuilder command(Path socket) throws IOException;
}
