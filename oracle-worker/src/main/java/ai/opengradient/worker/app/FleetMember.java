package ai.opengradient.worker.app;

import ai.opengradient.worker.config.JournalSettings;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.fleet.LeaseKeeper;
import ai.opengradient.worker.fleet.Standby;
import ai.opengradient.worker.journal.FleetDatabase;
import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.journal.Lease;
import ai.opengradient.worker.telemetry.FleetLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * This process among those that share a database.
 *
 * @param name of this process and no other one
 * @param sign time between two signs of life: one may be missed, and another be late
 */
record FleetMember(FleetDatabase database, String name, Duration sign, FleetLog log) {

  private static final int SIGNS_IN_A_LEASE = 3;

  /**
   * Connects with the database.
   *
   * @param parts closes the connections with the others
   */
  static FleetMember join(String url, JournalSettings settings, Assembly parts) {
    FleetDatabase database =
        parts.add(FleetDatabase.connect(url, password(settings), settings.lease()));
    return new FleetMember(
        database, uniqueName(), settings.lease().dividedBy(SIGNS_IN_A_LEASE), new FleetLog());
  }

  private static Optional<String> password(JournalSettings settings) {
    return settings.password().map(FleetMember::read);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException failure) {
      throw new OpgException(
          ErrorCode.FILE_NOT_READABLE, file + " can't be read: " + failure.getMessage(), failure);
    }
  }

  /** For people a host and a process; for the database unique, wherever containers run. */
  private static String uniqueName() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      host = "a host without a name";
    }
    String unique = UUID.randomUUID().toString().substring(0, 8);
    return host + "/" + ProcessHandle.current().pid() + "/" + unique;
  }

  /**
   * Waits until this process may act, and keeps the right to.
   *
   * @param lost is told if it is lost
   */
  Lease lead(Consumer<JournalException> lost, Assembly parts) {
    try {
      Lease lease = new Standby(database, name, sign, Thread::sleep, log).await();
      parts.add(LeaseKeeper.start(lease, sign, lost, log));
      return lease;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new OpgException(ErrorCode.INTERRUPTED, "it stood by", stopping);
    }
  }
}
