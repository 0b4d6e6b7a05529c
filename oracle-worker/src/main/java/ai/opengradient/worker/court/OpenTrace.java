package ai.opengradient.worker.court;

import ai.opengradient.canon.engine.TraceFile;
import ai.opengradient.worker.dispute.RecordedRun;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A job's canonical run that lies on disk. For use by one thread.
 *
 * @param file belongs to this
 */
public record OpenTrace(Subject subject, RecordedRun run, TraceFile file) implements AutoCloseable {

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("the trace of job " + subject.job().id(), failure);
    }
  }
}
