package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.Job;
import java.io.IOException;

/** Where the defences of a worker's claims come from. */
@FunctionalInterface
public interface DefenceSource {
  /**
   * What a claim is defended with. Takes long; whoever gets it closes it. Called from several
   * threads, once at a time for each job.
   *
   * @param job claimed by the worker
   * @throws Exception of what is missing: the next call tries again
   */
  PreparedDefence prepare(Job job) throws Exception;

  /**
   * Lets go of what is kept for a job whose dispute is over, be it by a process before this one.
   *
   * @throws IOException if it stays
   */
  default void forget(Job job) throws IOException {}
}
