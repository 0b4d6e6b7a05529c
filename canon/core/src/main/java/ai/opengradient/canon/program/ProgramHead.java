package ai.opengradient.canon.program;

import ai.opengradient.canon.commitment.Hash;
import java.util.List;

/**
 * What a program's commitment is made of. Source: section 11 of {@code docs/canon.md}.
 *
 * @param specVersion of the canon that gives the program its meaning
 * @param nodes how many nodes the program has
 * @param nodesRoot of the tree over the nodes' commitments
 * @param outputs positions of the output nodes
 */
public record ProgramHead(int specVersion, int nodes, Hash nodesRoot, List<Integer> outputs) {
  public ProgramHead {
    outputs = List.copyOf(outputs);
  }

  /**
   * Of any list of descriptors, valid or not; at least one.
   *
   * @param nodesRoot of the tree over their commitments
   */
  public static ProgramHead of(int nodes, Hash nodesRoot, List<Integer> outputs) {
    return new ProgramHead(Caps.SPEC_VERSION, nodes, nodesRoot, outputs);
  }

  /**
   * The program's commitment, its root.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Hash hash() {
    return ProgramCommitment.of(specVersion, nodes, nodesRoot, outputs);
  }
}
