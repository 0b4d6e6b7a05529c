package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the court announced about disputes that go on. Each look reads what is new of them: a
 * dispute may take more blocks than a node shows at once. For use by one thread.
 */
public final class DisputeEvents {
  private final ChainClient node;
  private final CourtReader court;
  private final Map<Long, Read> byJob = new HashMap<>();

  /**
   * What was read of a job.
   *
   * @param job as it was then
   * @param next the first block that is read at the next look
   * @param events before it
   */
  private record Read(Job job, long next, List<CourtEvent> events) {
    boolean isOf(Job now) {
      return job.drawBlock() == now.drawBlock() && job.inputsHash().equals(now.inputsHash());
    }
  }

  public DisputeEvents(ChainClient node, CourtReader court) {
    this.node = node;
    this.court = court;
  }

  /** All that was announced about a job and its challenges, in the chain's order. */
  public List<CourtEvent> of(Job job) {
    // Asked for now: no event may be missing of what the court says already.
    long newest = node.newestBlock().number();
    Read read = byJob.get(job.id());
    if (read == null || !read.isOf(job)) {
      read = new Read(job, job.drawBlock(), List.of());
    }
    List<CourtEvent> events = new ArrayList<>(read.events());
    events.addAll(court.events(job, read.next(), newest, Disputes.challenges(read.events())));
    long next = Math.max(read.next(), newest + 1 - BlockReading.UNSETTLED);
    byJob.put(
        job.id(),
        new Read(
            job, next, events.stream().filter(event -> event.position().block() < next).toList()));
    return events;
  }

  /** Lets go of a dispute that is over. */
  public void forget(long job) {
    byJob.remove(job);
  }
}
