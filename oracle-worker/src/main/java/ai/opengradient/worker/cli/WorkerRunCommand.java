package ai.opengradient.worker.cli;

import ai.opengradient.worker.app.ExecutorApplication;
import ai.opengradient.worker.app.WorkerApplication;
import ai.opengradient.worker.config.Role;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.inference.InferenceException;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the worker in this process. */
@Command(
    name = "run",
    description = {
      "Run the worker until it is stopped.",
      "Ctrl-C or SIGTERM stops it at once; its open jobs wait in its journal. `opg worker drain` lets it finish them first."
    })
final class WorkerRunCommand extends Subcommand {
  @Option(
      names = "--reconcile",
      description = {
        "Take over from the chain what the account has done before anything is signed, and begin a journal if there is none.",
        "For a data folder that is lost, and after another process has used the key."
      })
  private boolean reconcile;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = {
        "alone (which is usual), or of several processes that share journal.url: coordinator acts for the worker, or stands by while another one does;",
        "executor runs models for it, without a key."
      })
  private Role role = Role.ALONE;

  @Override
  Answer answer() throws InferenceException, InterruptedException {
    WorkerConfiguration configuration = opg().worker();
    LogConfiguration.useForWorker(configuration.data().resolve("worker.log"));
    return role == Role.EXECUTOR ? execute(configuration) : act(configuration);
  }

  private Answer execute(WorkerConfiguration configuration)
      throws InferenceException, InterruptedException {
    ExecutorApplication application = ExecutorApplication.start(configuration);
    Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop the executor"));
    opg()
        .print(
            new Answer(
                new Fields().with("data", configuration.data()).toMap(),
                List.of("The executor runs. Stop with Ctrl-C.")));
    application.awaitClose();
    return new Answer(new Fields().with("state", "stopped").toMap(), "The executor is stopped.");
  }

  private Answer act(WorkerConfiguration configuration)
      throws InferenceException, InterruptedException {
    String password = Account.password(configuration.key());
    WorkerApplication application =
        reconcile
            ? WorkerApplication.reconcile(configuration, password, role)
            : role == Role.COORDINATOR
                ? WorkerApplication.coordinate(configuration, password, UnaryOperator.identity())
                : WorkerApplication.start(configuration, password);
    Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop the worker"));
    opg()
        .print(
            new Answer(
                new Fields()
                    .with("adminPort", application.adminPort())
                    .with("data", configuration.data())
                    .toMap(),
                List.of(
                    "The worker runs; its admin API is on port "
                        + application.adminPort()
                        + ". Stop with Ctrl-C.")));
    application.awaitClose();
    return new Answer(new Fields().with("state", "stopped").toMap(), "The worker is stopped.");
  }
}
