package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.dispute.Defence;
import ai.opengradient.worker.dispute.Recheck;
import java.io.IOException;

/** Defends claims with their jobs' canonical runs. */
public final class CanonicalDefences implements DefenceSource {
  private final Subjects subjects;
  private final TraceStore traces;

  /**
   * @param traces keeps a run as long as its dispute lasts
   */
  public CanonicalDefences(Subjects subjects, TraceStore traces) {
    this.subjects = subjects;
    this.traces = traces;
  }

  @Override
  public PreparedDefence prepare(Job job) throws Exception {
    OpenTrace trace = traces.open(subjects.of(job));
    Recheck recheck =
        new Defence(trace.run(), trace.subject().tensors()).recheck(trace.subject().bands());
    if (recheck instanceof Recheck.Damaged damaged) {
      trace.close();
      traces.forget(trace.subject());
      throw new IOException(
          "the tensor of node " + damaged.node() + " is damaged on disk; making the trace anew");
    }
    return new PreparedDefence(trace.subject(), trace.run(), recheck, trace::close);
  }

  @Override
  public void forget(Job job) throws IOException {
    traces.forget(job);
  }
}
