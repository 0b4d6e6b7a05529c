package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.ProgramCommitment;
import ai.opengradient.canon.program.ProgramException;
import ai.opengradient.canon.program.ProgramHead;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A program that can be opened node by node. A stranger's may have nodes that break rules. */
public final class DisputedProgram {
  private final List<Descriptor> descriptors;
  private final HashTree tree;
  private final ProgramHead head;

  private DisputedProgram(List<Descriptor> descriptors, List<Integer> outputs) {
    this.descriptors = List.copyOf(descriptors);
    tree = ProgramCommitment.tree(descriptors);
    head = ProgramHead.of(descriptors.size(), tree.root(), outputs);
  }

  public static DisputedProgram of(Program program) {
    return of(program.descriptors(), program.outputs());
  }

  /** Of any list of descriptors; at least one. */
  public static DisputedProgram of(List<Descriptor> descriptors, List<Integer> outputs) {
    return new DisputedProgram(descriptors, outputs);
  }

  public ProgramHead head() {
    return head;
  }

  int nodes() {
    return descriptors.size();
  }

  /** What a descriptor says; nothing if it is not valid where it stands. */
  Optional<Node> node(int position) {
    try {
      return Optional.of(descriptors.get(position).node(position));
    } catch (ProgramException e) {
      return Optional.empty();
    }
  }

  NodeOpening open(int node) {
    return new NodeOpening(head, descriptors.get(node), tree.open(new TreeSet<>(List.of(node))));
  }
}
