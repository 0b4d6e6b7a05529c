package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.HashTree;
import java.util.Optional;

/** A run of a program of which every tensor can be opened. */
public interface TracedRun {
  DisputedProgram program();

  /** The tree over the commitments to the nodes' tensors. */
  HashTree tensors();

  /**
   * The tensor of a node; nothing if the node breaks a rule.
   *
   * @param node its position
   */
  Optional<HeldTensor> tensor(int node);
}
