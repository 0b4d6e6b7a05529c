package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.Address;
import java.math.BigInteger;
import java.util.Map;

/**
 * How the worker is, at one moment.
 *
 * @param worker its address
 * @param block newest block seen; 0 before the first look
 * @param chainTime that block's timestamp, Unix seconds
 * @param draining it takes nothing new
 * @param busy jobs that it must still finish, payment included
 * @param openJobs open jobs by state, others' included
 * @param troubles why it takes no jobs, by where
 * @param totals over its life: endings by name, and {@code earned} in 10⁻¹⁸ $OPG
 */
public record WorkerStatus(
    Address worker,
    long block,
    long chainTime,
    boolean draining,
    int busy,
    Map<String, Integer> openJobs,
    Map<String, String> troubles,
    Map<String, BigInteger> totals) {

  public WorkerStatus {
    openJobs = Map.copyOf(openJobs);
    troubles = Map.copyOf(troubles);
    totals = Map.copyOf(totals);
  }
}
