package ai.opengradient.canon.program;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.Words;
import java.util.List;

/** The hash that commits to a program. Source: section 11 of {@code docs/canon.md}. */
public final class ProgramCommitment {
  private static final int PROGRAM_TAG = 0x06;

  private ProgramCommitment() {}

  /** Of any list of descriptors, valid or not; at least one. */
  public static Hash of(List<Descriptor> descriptors, List<Integer> outputs) {
    return of(Caps.SPEC_VERSION, descriptors.size(), tree(descriptors).root(), outputs);
  }

  /** Of a program of which only the root of the tree over its nodes is at hand. */
  static Hash of(int specVersion, int nodes, Hash nodesRoot, List<Integer> outputs) {
    Words words = Words.tagged(PROGRAM_TAG).add(specVersion).add(nodes).add(nodesRoot);
    outputs.forEach(words::add);
    return words.hash();
  }

  /** The tree over the nodes' commitments; there is at least one. */
  public static HashTree tree(List<Descriptor> descriptors) {
    return HashTree.of(descriptors.stream().map(Descriptor::hash).toList());
  }
}
