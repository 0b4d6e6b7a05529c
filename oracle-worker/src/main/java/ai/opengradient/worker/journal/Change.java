package ai.opengradient.worker.journal;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.JobTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one commit writes: everything or nothing.
 *
 * @param cursor how far the chain is read now; in a reorganisation an earlier block than before
 * @param jobs new and changed jobs; what is kept of the tensors of one that ended is dropped
 * @param inputs of new jobs, by job
 * @param outputs of answered jobs, by job
 * @param totals what to add to the totals, by name
 */
public record Change(
    Optional<BlockReference> cursor,
    List<JobRecord> jobs,
    Map<Long, List<JobTensor>> inputs,
    Map<Long, List<JobTensor>> outputs,
    Map<String, BigInteger> totals) {

  public Change {
    jobs = List.copyOf(jobs);
    inputs = Map.copyOf(inputs);
    outputs = Map.copyOf(outputs);
    totals = Map.copyOf(totals);
  }
}
