package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.Job;

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
}
