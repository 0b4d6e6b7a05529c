package ai.opengradient.worker.serve;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.JobTensor;
import java.util.Set;

/**
 * Keeps the outputs that a worker claimed by reference until their jobs are over; then they stay as
 * long as the store has room for them.
 */
final class OutputHolds {
  private final BlockStore store;
  private final String prefix;

  /**
   * @param market the same job number means another job there
   */
  OutputHolds(BlockStore store, Address market, Address worker) {
    this.store = store;
    this.prefix = "outputs-" + market + "-" + worker + "-";
  }

  /** Puts an output's data into the store for a job. */
  JobTensor.ByReference keep(long job, Tensor output) {
    return LocalData.hold(store, prefix + job, output);
  }

  /** The job is over. */
  void release(long job) {
    store.release(prefix + job);
  }

  /** All other jobs are over, whether or not it was noticed. */
  void releaseAllBut(Set<Long> open) {
    for (String holder : store.holders()) {
      if (holder.startsWith(prefix) && !open.contains(job(holder))) {
        store.release(holder);
      }
    }
  }

  private long job(String holder) {
    return Long.parseLong(holder.substring(prefix.length()));
  }
}
