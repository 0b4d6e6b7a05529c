package ai.opengradient.worker.testing;

import ai.opengradient.worker.app.WorkerApplication;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.journal.CommitListener;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A worker like any other, but that it kills itself at the first of the moments that its plan
 * names. Arguments: its configuration, the password, the plan's file, the file of moments that
 * came. Its admin port is any free one.
 */
public final class KilledWorkerMain {

  private KilledWorkerMain() {}

  public static void main(String[] arguments) throws Exception {
    WorkerConfiguration configuration =
        AnyAdminPort.of(WorkerConfiguration.read(Optional.of(Path.of(arguments[0])), Map.of()));
    KillPlan plan = KillPlan.read(Path.of(arguments[2]), Path.of(arguments[3]));
    WorkerApplication application =
        WorkerApplication.start(
            configuration, arguments[1], counting -> new KillingListener(counting, plan));
    Runtime.getRuntime().addShutdownHook(new Thread(application::close));
    application.awaitClose();
  }

  /** Kills the process around the commits of the plan. */
  private record KillingListener(CommitListener next, KillPlan plan) implements CommitListener {

    @Override
    public void committing(Set<String> transitions) {
      transitions.forEach(transition -> plan.reached("before " + transition));
      next.committing(transitions);
    }

    @Override
    public void committed(Set<String> transitions) {
      next.committed(transitions);
      transitions.forEach(transition -> plan.reached("after " + transition));
    }
  }
}
