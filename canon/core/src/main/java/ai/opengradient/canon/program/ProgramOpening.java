package ai.opengradient.canon.program;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Some nodes of a program, with what shows that they are those of its root. Source: sections 11 and
 * 12 of {@code docs/canon.md}.
 *
 * @param specVersion of the canon that gives the program its meaning
 * @param nodeCount how many nodes the program has
 * @param nodesRoot of the tree over the nodes' commitments
 * @param outputs positions of the output nodes
 * @param nodes the opened ones, by strictly ascending positions
 * @param siblings hashes that can't be computed from the opened nodes
 */
public record ProgramOpening(
    int specVersion,
    int nodeCount,
    Hash nodesRoot,
    List<Integer> outputs,
    List<OpenedNode> nodes,
    List<Hash> siblings) {

  /** A node's descriptor, where it stands. */
  public record OpenedNode(int position, Descriptor descriptor) {}

  public ProgramOpening {
    outputs = List.copyOf(outputs);
    nodes = List.copyOf(nodes);
    siblings = List.copyOf(siblings);
  }

  /** Of a program's INPUT nodes and outputs: what a registry has to see. */
  public static ProgramOpening ofEnds(Program program) {
    SortedSet<Integer> positions = new TreeSet<>(program.outputs());
    for (int position = 0; position < program.nodes().size(); position++) {
      if (program.nodes().get(position) instanceof Node.Input) {
        positions.add(position);
      }
    }
    return of(program, positions);
  }

  /**
   * Of these nodes of a program.
   *
   * @throws IllegalArgumentException if there is no position, or one that the program doesn't have
   */
  public static ProgramOpening of(Program program, SortedSet<Integer> positions) {
    if (positions.isEmpty()
        || positions.first() < 0
        || positions.last() >= program.nodes().size()) {
      throw new IllegalArgumentException("the program has not all of the nodes " + positions);
    }
    List<Descriptor> descriptors = program.descriptors();
    HashTree tree = ProgramCommitment.tree(descriptors);
    return new ProgramOpening(
        Caps.SPEC_VERSION,
        descriptors.size(),
        tree.root(),
        program.outputs(),
        positions.stream()
            .map(position -> new OpenedNode(position, descriptors.get(position)))
            .toList(),
        tree.open(positions));
  }

  /** The root of the program, if the nodes are opened. */
  public Optional<Hash> programRoot() {
    boolean isNumbered =
        Stream.concat(Stream.of(specVersion, nodeCount - 1), outputs.stream())
            .allMatch(number -> number >= 0);
    if (!isNumbered) {
      return Optional.empty();
    }
    return HashTree.root(
            HashTree.depth(nodeCount),
            nodes.stream().map(OpenedNode::position).toList(),
            nodes.stream().map(node -> node.descriptor().hash()).toList(),
            siblings)
        .filter(nodesRoot::equals)
        .map(root -> ProgramCommitment.of(specVersion, nodeCount, root, outputs));
  }
}
