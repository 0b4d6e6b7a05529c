package ai.opengradient.worker.court;

import ai.opengradient.worker.dispute.Defence;
import ai.opengradient.worker.dispute.Recheck;
import ai.opengradient.worker.dispute.TracedRun;
import java.io.Closeable;
import java.io.IOException;

/**
 * A claim that was looked at once more, and the run that defends it. For use by one thread.
 *
 * @param subject what the claim is about
 * @param run the run whose trace is asserted
 * @param recheck whether the claim can be defended
 * @param keeping what the run is kept in; closed when nobody asks about it any more
 */
public record PreparedDefence(Subject subject, TracedRun run, Recheck recheck, Closeable keeping)
    implements Closeable {

  /** What answers the court. */
  public Defence defence() {
    return new Defence(run, subject.tensors());
  }

  @Override
  public void close() throws IOException {
    keeping.close();
  }
}
