package ai.opengradient.worker.cli;

import ai.opengradient.worker.app.WatchApplication;
import ai.opengradient.worker.config.WatchConfiguration;
import ai.opengradient.worker.inference.InferenceException;
import java.util.List;
import picocli.CommandLine.Command;

/** Runs a watcher in this process. */
@Command(
    name = "run",
    description = {
      "Run a watcher until it is stopped; it needs no worker.",
      "It may be stopped at any time and started anew, even without its data folder: the key and the chain are enough. Deadlines go on meanwhile."
    })
final class WatchRunCommand extends Subcommand {
  @Override
  Answer answer() throws InferenceException, InterruptedException {
    WatchConfiguration configuration = opg().watch();
    LogConfiguration.useForWorker(configuration.data().resolve("watch.log"));
    WatchApplication application =
        WatchApplication.start(configuration, Account.password(configuration.client().key()));
    Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop the watcher"));
    opg()
        .print(
            new Answer(
                new Fields().with("data", configuration.data()).toMap(),
                List.of("The watcher runs. Stop with Ctrl-C.")));
    application.awaitClose();
    return new Answer(new Fields().with("state", "stopped").toMap(), "The watcher is stopped.");
  }
}
