package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.Address;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/**
 * How the worker is, at one moment.
 *
 * @param worker its address
 * @param block newest block seen; 0 before the first look
 * @param chainTime that block's timestamp, Unix seconds
 * @param draining it takes nothing new
 * @param busy jobs that it must still finish, payment included
 * @param openJobs open jobs by state, others' included
 * @param next what it has to do next, if anything is known
 * @param troubles why it takes no jobs, by where
 * @param nodes how each node of the chain stands, by its address
 * @param totals over its life: endings by name, and {@code earned} in 10⁻¹⁸ $OPG
 */
public record WorkerStatus(
    Address worker,
    long block,
    long chainTime,
    boolean draining,
    int busy,
    Map<String, Integer> openJobs,
    Optional<Obligation> next,
    Map<String, String> troubles,
    Map<String, String> nodes,
    Map<String, BigInteger> totals) {

  public WorkerStatus {
    openJobs = Map.copyOf(openJobs);
    troubles = Map.copyOf(troubles);
    nodes = Map.copyOf(nodes);
    totals = Map.copyOf(totals);
  }

  /** Whether it may be stopped for as long as one likes: it takes nothing, and owes nothing. */
  public boolean isSafeToStop() {
    return draining && busy == 0 && next.isEmpty();
  }

  /** Seconds of chain time until something is due; empty if nothing is. */
  public Optional<Long> secondsLeft() {
    return next.map(obligation -> Math.max(0, obligation.due() - chainTime));
  }
}
