package ai.opengradient.canon.engine;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;

/** Where a {@link TraceFile} has the tensors of a program's nodes. */
final class TraceLayout {
  /** Bytes before the commitments. */
  static final int HEAD = Long.BYTES + Integer.BYTES + Hash.LENGTH;

  private final Program program;

  /** By node, and behind the last one. */
  private final long[] positions;

  TraceLayout(Program program) {
    this.program = program;
    int nodes = program.nodes().size();
    positions = new long[nodes + 1];
    positions[0] = (long) TensorTree.leafCount(headLength()) * TensorTree.LEAF_LENGTH;
    for (int node = 0; node < nodes; node++) {
      long stored =
          program.nodes().get(node) instanceof Node.Weight
              ? 0
              : (long) leaves(node) * TensorTree.LEAF_LENGTH;
      positions[node + 1] = positions[node] + stored;
    }
  }

  /** Bytes of the head and the commitments. */
  int headLength() {
    return HEAD + program.nodes().size() * Hash.LENGTH;
  }

  /** The file's bytes. */
  long length() {
    return positions[positions.length - 1];
  }

  int leaves(int node) {
    return TensorTree.leafCount(program.nodes().get(node).length());
  }

  /** The position of a tensor's first byte. */
  long position(int node) {
    if (program.nodes().get(node) instanceof Node.Weight) {
      throw new IllegalArgumentException(
          "node " + node + " is a weight, whose data stay with the model");
    }
    return positions[node];
  }
}
