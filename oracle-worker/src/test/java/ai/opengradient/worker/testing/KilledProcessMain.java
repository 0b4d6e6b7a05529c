package ai.opengradient.worker.testing;

import ai.opengradient.worker.app.ExecutorApplication;
import ai.opengradient.worker.app.WatchApplication;
import ai.opengradient.worker.app.WorkerApplication;
import ai.opengradient.worker.config.WatchConfiguration;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.court.TraceStore;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.journal.JournalException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Optional;

/**
 * A worker or a watcher like any other, but that it kills itself at the moments that its plan
 * names: before and after each commit, after each send, and while a trace is being written.
 * Arguments: which of the two, its configuration, the password, the plan's folder. A worker's admin
 * port is any free one.
 */
public final class KilledProcessMain {
  /** The status of a coordinator that another one has overtaken. */
  public static final int SUPERSEDED = 3;

  /** What a coordinator says before it waits for the lease. */
  static final String STANDING_BY = "This process stands by.";

  private final Path configuration;
  private final String password;
  private final KillPlan plan;
  private final KillMoments moments;

  private KilledProcessMain(Path configuration, String password, KillPlan plan) {
    this.configuration = configuration;
    this.password = password;
    this.plan = plan;
    this.moments = new KillMoments(plan);
  }

  public static void main(String[] arguments) throws Exception {
    KilledProcessMain process =
        new KilledProcessMain(
            Path.of(arguments[1]), arguments[2], KillPlan.read(Path.of(arguments[3])));
    switch (KilledProcess.Program.valueOf(arguments[0])) {
      case WORKER -> process.work();
      case WATCHER -> process.watch();
      case COORDINATOR -> process.coordinate();
      case EXECUTOR -> process.execute();
    }
  }

  private void work() throws IOException, InferenceException, InterruptedException {
    URI node = worker(Map.of()).chain().rpc().getFirst();
    WorkerConfiguration read = worker(moments.beforeNode(node));
    killInTraces(read.data());
    WorkerApplication application = WorkerApplication.start(read, password, moments::listening);
    Runtime.getRuntime().addShutdownHook(new Thread(application::close));
    System.out.println(KilledProcess.GREETING);
    application.awaitClose();
  }

  private void coordinate() throws IOException, InferenceException, InterruptedException {
    URI node = worker(Map.of()).chain().rpc().getFirst();
    WorkerConfiguration read = worker(moments.beforeNode(node));
    System.out.println(STANDING_BY);
    WorkerApplication application =
        WorkerApplication.coordinate(read, password, moments::listening);
    Runtime.getRuntime().addShutdownHook(new Thread(application::close));
    System.out.println(KilledProcess.GREETING);
    try {
      application.awaitClose();
    } catch (JournalException.Superseded lost) {
      System.out.println(lost.getMessage());
      System.exit(SUPERSEDED);
    }
  }

  private void execute() throws InferenceException, InterruptedException {
    ExecutorApplication application = ExecutorApplication.start(worker(Map.of()));
    Runtime.getRuntime().addShutdownHook(new Thread(application::close));
    System.out.println(KilledProcess.GREETING);
    application.awaitClose();
  }

  private WorkerConfiguration worker(Map<String, String> environment) {
    return AnyAdminPort.of(WorkerConfiguration.read(Optional.of(configuration), environment));
  }

  private void watch() throws IOException, InferenceException, InterruptedException {
    URI node = watcher(Map.of()).client().chain().rpc().getFirst();
    WatchConfiguration read = watcher(moments.beforeNode(node));
    killInTraces(read.data());
    WatchApplication application = WatchApplication.start(read, password, moments::listening);
    Runtime.getRuntime().addShutdownHook(new Thread(application::close));
    System.out.println(KilledProcess.GREETING);
    application.awaitClose();
  }

  private WatchConfiguration watcher(Map<String, String> environment) {
    return WatchConfiguration.read(
        Optional.of(configuration), configuration.resolveSibling(""), environment);
  }

  private void killInTraces(Path data) throws IOException {
    Path traces = Files.createDirectories(data.resolve("traces"));
    WatchService service = traces.getFileSystem().newWatchService();
    traces.register(service, StandardWatchEventKinds.ENTRY_CREATE);
    Thread.ofPlatform().daemon().start(() -> watchTraces(service));
  }

  private void watchTraces(WatchService service) {
    try {
      while (true) {
        WatchKey key = service.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          if (String.valueOf(event.context()).startsWith(TraceStore.UNFINISHED)) {
            plan.reached("during trace made");
          }
        }
        key.reset();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
