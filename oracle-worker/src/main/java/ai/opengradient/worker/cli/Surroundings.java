package ai.opengradient.worker.cli;

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
 */
record Surroundings(
    PrintWriter out, PrintWriter err, Map<String, String> environment, Path folder) {}
