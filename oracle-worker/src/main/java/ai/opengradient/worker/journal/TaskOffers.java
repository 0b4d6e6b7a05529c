package ai.opengradient.worker.journal;

import java.util.Map;
import java.util.Set;

/** Runs that whoever has the lease wants done. Any thread may call it. */
public final class TaskOffers {

  private final Lease lease;

  public TaskOffers(Lease lease) {
    this.lease = lease;
  }

  /**
   * Offers the task, unless one of the job is there: what was offered by a holder before counts.
   *
   * @throws JournalException if the lease is lost
   */
  public void offer(Task task) {
    lease.write(handle -> {
      new TaskTable(handle).offer(task);
      return true;
    });
  }

  /**
   * How many executors have shown a sign of life within their lease.
   *
   * @throws JournalException if the lease is lost
   */
  public long executors() {
    return lease.write(handle -> new ExecutorTable(handle).count());
  }

  /**
   * Takes what has become of tasks.
   *
   * @param jobs at least one, whose outcomes are awaited
   * @return by job; lost and dropped ones of other jobs, too
   * @throws JournalException if the lease is lost
   */
  public Map<Long, TaskEnding> collect(Set<Long> jobs) {
    return lease.write(handle -> new TaskTable(handle).collect(jobs));
  }
}
