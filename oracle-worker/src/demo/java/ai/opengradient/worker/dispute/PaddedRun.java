package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.program.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A run in which one tensor has a byte behind its last element: leaves that no answer can show.
 *
 * @param node the tensor's
 */
public record PaddedRun(TracedRun right, int node, HeldTensor padded, HashTree tensors)
    implements TracedRun {

  /**
   * With the last computed tensor that leaves room in its last leaf.
   *
   * @throws IllegalArgumentException if none does
   */
  public static PaddedRun of(TracedRun right) {
    int nodes = right.program().nodes();
    int node =
        IntStream.iterate(nodes - 1, position -> position >= 0, position -> position - 1)
            .filter(position -> hasRoom(right.program().node(position)))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException("every computed tensor fills its last leaf"));
    HeldTensor padded = padded(right.tensor(node).orElseThrow());
    List<Hash> commitments = new ArrayList<>();
    for (int position = 0; position < nodes; position++) {
      commitments.add(position == node ? padded.hash() : right.tensors().at(0, position));
    }
    return new PaddedRun(right, node, padded, HashTree.of(commitments));
  }

  private static boolean hasRoom(Optional<Node> node) {
    return node.filter(Node.Computed.class::isInstance)
        .filter(computed -> computed.length() % TensorTree.LEAF_LENGTH != 0)
        .isPresent();
  }

  /** A tensor with a byte at the end of its last leaf. */
  static HeldTensor padded(HeldTensor tensor) {
    return new HeldTensor(
        tensor.dataType(),
        tensor.count(),
        tensor.leaves(),
        place -> {
          byte[] leaf = tensor.leaf(place);
          leaf[TensorTree.LEAF_LENGTH - 1] ^= (byte) (place == tensor.leaves() - 1 ? 1 : 0);
          return leaf;
        });
  }

  @Override
  public DisputedProgram program() {
    return right.program();
  }

  @Override
  public Optional<HeldTensor> tensor(int position) {
    return position == node ? Optional.of(padded) : right.tensor(position);
  }
}
