package ai.opengradient.worker.testing;

import ai.opengradient.worker.config.AdminSettings;
import ai.opengradient.worker.config.WorkerConfiguration;

/** A configuration whose admin API listens on any free port, so that tests never meet on one. */
public final class AnyAdminPort {
  private AnyAdminPort() {}

  /** The same configuration but for the port. */
  public static WorkerConfiguration of(WorkerConfiguration read) {
    return new WorkerConfiguration(
        read.chain(),
        read.key(),
        read.store(),
        read.data(),
        read.journal(),
        new AdminSettings(0, read.admin().tokenFile()),
        read.inference(),
        read.canonical(),
        read.offers(),
        read.policy());
  }
}
