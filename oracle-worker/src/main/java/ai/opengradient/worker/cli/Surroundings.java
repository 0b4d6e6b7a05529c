package ai.opengradient.worker.cli;

import ai.opengradient.worker.journal.CommitListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of the process that it runs in.
 *
 * @param out answers
 * @param err progress and failures
 * @param environment the process's variables
 * @param folder the working folder
 * @param commits told of what is kept of transactions
 */
record Surroundings(
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Path folder,
    CommitListener commits) {

  /** Where nobody listens. */
  Surroundings(PrintWriter out, PrintWriter err, Map<String, String> environment, Path folder) {
    this(out, err, environment, folder, CommitListener.NOBODY);
  }
}
