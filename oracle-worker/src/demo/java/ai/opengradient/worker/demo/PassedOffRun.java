package ai.opengradient.worker.demo;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.worker.dispute.DisputedProgram;
import ai.opengradient.worker.dispute.HeldTensor;
import ai.opengradient.worker.dispute.TracedRun;
import java.util.List;
import java.util.Optional;

/**
 * A run of another program as if it were the model's.
 *
 * @param program the model's
 * @param positions by node of the model: the node that is passed off as it
 * @param tensors over the commitments to these
 */
record PassedOffRun(
    DisputedProgram program, TracedRun run, List<Integer> positions, HashTree tensors)
    implements TracedRun {

  static PassedOffRun of(DisputedProgram program, TracedRun run, List<Integer> positions) {
    List<Hash> commitments =
        positions.stream().map(position -> run.tensors().at(0, position)).toList();
    return new PassedOffRun(program, run, positions, HashTree.of(commitments));
  }

  @Override
  public Optional<HeldTensor> tensor(int node) {
    return run.tensor(positions.get(node));
  }
}
