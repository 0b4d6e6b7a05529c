package ai.opengradient.worker.cli;

import java.nio.file.Path;

/** What becomes of log lines. To be chosen before the first logger is made: then it is read. */
enum LogConfiguration {
  /** A command speaks for itself. */
  COMMAND("command-logback.xml"),
  /** A running worker keeps a log. */
  WORKER("worker-logback.xml");

  private static final String FILE_PROPERTY = "logback.configurationFile";
  private static final String LOG_PROPERTY = "opg.log";

  private final String resource;

  LogConfiguration(String resource) {
    this.resource = resource;
  }

  void use() {
    System.setProperty(FILE_PROPERTY, "ai/opengradient/worker/cli/" + resource);
  }

  /** Uses the worker's with its JSON lines in this file. */
  static void useForWorker(Path log) {
    System.setProperty(LOG_PROPERTY, log.toString());
    WORKER.use();
  }
}
