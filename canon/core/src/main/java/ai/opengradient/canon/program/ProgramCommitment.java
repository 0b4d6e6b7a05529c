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
    Words words =
        Words.tagged(PROGRAM_TAG)
            .add(Caps.SPEC_VERSION)
            .add(descriptors.size())
            .add(HashTree.of(descriptors.stream().map(Descriptor::hash).toList()).root());
    outputs.forEach(words::add);
    return words.hash();
  }
}
