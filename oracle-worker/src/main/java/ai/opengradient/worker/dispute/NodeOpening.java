package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.ProgramHead;
import java.util.List;

/**
 * Shows a node of the program.
 *
 * @param siblings of the node in the tree over the nodes' hashes
 */
public record NodeOpening(ProgramHead program, Descriptor descriptor, List<Hash> siblings) {
  public NodeOpening {
    siblings = List.copyOf(siblings);
  }
}
