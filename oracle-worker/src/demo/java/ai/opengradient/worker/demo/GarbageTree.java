package ai.opengradient.worker.demo;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.Words;
import ai.opengradient.worker.dispute.DisputedProgram;
import ai.opengradient.worker.dispute.HeldTensor;
import ai.opengradient.worker.dispute.TracedRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A run under a tree of hashes that are of nothing.
 *
 * @param tensors as many hashes as the program has nodes
 */
record GarbageTree(TracedRun right, HashTree tensors) implements TracedRun {
  /** No commitment begins with it. */
  private static final int TAG = 9;

  static GarbageTree under(TracedRun right) {
    List<Hash> garbage =
        IntStream.range(0, right.program().head().nodes())
            .mapToObj(node -> Words.tagged(TAG).add(node).hash())
            .toList();
    return new GarbageTree(right, HashTree.of(garbage));
  }

  @Override
  public DisputedProgram program() {
    return right.program();
  }

  @Override
  public Optional<HeldTensor> tensor(int node) {
    return right.tensor(node);
  }
}
