package ai.opengradient.canon.engine;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TraceCommitment;
import ai.opengradient.canon.evaluation.WholeTensor;
import java.util.List;

/**
 * The commitments to the tensors of all nodes of a run.
 *
 * @param outputs one tensor for each output, in canonical form
 * @param tensors by node: the commitment to its tensor, of given ones as they were given
 */
public record CommittedTrace(List<WholeTensor> outputs, List<Hash> tensors) {
  public CommittedTrace {
    outputs = List.copyOf(outputs);
    tensors = List.copyOf(tensors);
  }

  /** The tree over the commitments, whose root {@link TraceCommitment} binds to a job. */
  public HashTree tree() {
    return HashTree.of(tensors);
  }
}
