package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorTree;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Leaves of a tensor with what shows that they are its.
 *
 * @param places strictly ascending; none where no leaf is needed
 * @param leaves their bytes, {@value TensorTree#LEAF_LENGTH} each
 * @param siblings in the tensor's tree
 */
public record OpenedLeaves(List<Integer> places, List<Bytes> leaves, List<Hash> siblings) {
  /** Of a tensor of which none is needed. */
  public static final OpenedLeaves NONE = new OpenedLeaves(List.of(), List.of(), List.of());

  public OpenedLeaves {
    places = List.copyOf(places);
    leaves = List.copyOf(leaves);
    siblings = List.copyOf(siblings);
  }

  /** One leaf of a tree of which its siblings are known. */
  static OpenedLeaves of(int place, Bytes leaf, int depth, HashTree.Hashes hashes) {
    return new OpenedLeaves(
        List.of(place), List.of(leaf), HashTree.open(depth, new TreeSet<>(List.of(place)), hashes));
  }

  /** These leaves of a tensor that is at hand. */
  static OpenedLeaves of(HeldTensor tensor, SortedSet<Integer> places) {
    return places.isEmpty()
        ? NONE
        : new OpenedLeaves(
            List.copyOf(places),
            places.stream().map(place -> Bytes.of(tensor.leaf(place))).toList(),
            tensor.tree().open(places));
  }

  /** How many bytes leaves and siblings take. */
  int length() {
    return leaves.size() * TensorTree.LEAF_LENGTH + siblings.size() * Hash.LENGTH;
  }
}
