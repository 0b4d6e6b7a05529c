package ai.opengradient.worker.watch;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.config.WatchPolicy;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Which claims are looked at. Nobody without the watcher's key can tell beforehand; with it, the
 * choice is the same at each look.
 *
 * @param lots secrets by job, which draw the share
 */
record Choice(WatchPolicy policy, Address self, LongFunction<Hash> lots) {
  private static final long PERCENT = 100;

  /** Why a claim is not looked at; nothing if it is. */
  Optional<String> objection(Job job, ModelVersion version) {
    if (job.worker().equals(self)) {
      return Optional.of("it is our own");
    }
    if (!version.bindings().get(job.binding()).isDisputable()) {
      return Optional.of("no court can judge it");
    }
    if (!policy.versions().isEmpty() && !policy.versions().contains(job.version())) {
      return Optional.of("version " + job.version() + " is not among watch.versions");
    }
    if (job.fee().compareTo(policy.leastFee()) < 0) {
      return Optional.of("its fee of " + job.fee() + " OPG is below watch.least-fee");
    }
    return isDrawn(job.id()) ? Optional.empty() : Optional.of("it is not in watch.share");
  }

  private boolean isDrawn(long job) {
    long lot = ByteBuffer.wrap(lots.apply(job).bytes()).getLong();
    return Long.remainderUnsigned(lot, PERCENT) < policy.share();
  }
}
