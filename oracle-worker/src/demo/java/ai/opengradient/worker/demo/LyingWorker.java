package ai.opengradient.worker.demo;

import ai.opengradient.worker.app.Conduct;
import ai.opengradient.worker.app.WorkerApplication;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.keys.Keystore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A worker like any other, but for what it claims and asserts: LIE CONFIGURATION. */
public final class LyingWorker {
  private LyingWorker() {}

  public static void main(String[] arguments) throws Exception {
    Lie lie = Lie.of(arguments[0]);
    WorkerConfiguration configuration =
        WorkerConfiguration.read(Optional.of(Path.of(arguments[1])), Map.of());
    Conduct conduct =
        Lies.conduct(
            lie, configuration.canonical().threads(), configuration.data().resolve("lies"));
    String password = configuration.key().password().map(Keystore::passwordFrom).orElseThrow();
    WorkerApplication application = WorkerApplication.start(configuration, password, conduct);
    Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop the worker"));
    application.awaitClose();
  }
}
