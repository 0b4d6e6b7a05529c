package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import java.util.List;

/**
 * Shows hashes of tensors in the worker's trace.
 *
 * @param nodes positions, strictly ascending
 * @param tensors the commitments that stand there
 * @param siblings in the trace's tree
 */
public record TraceOpening(List<Integer> nodes, List<Hash> tensors, List<Hash> siblings) {
  public TraceOpening {
    nodes = List.copyOf(nodes);
    tensors = List.copyOf(tensors);
    siblings = List.copyOf(siblings);
  }
}
