package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Some leaves of a tensor, with what shows that they are its. Source: section 12 of {@code
 * docs/canon.md}.
 *
 * @param places of the leaves, strictly ascending
 * @param leaves their bytes, 1,024 each
 * @param siblings hashes that can't be computed from the leaves
 */
public record LeafOpening(
    DataType dataType, int count, List<Integer> places, List<byte[]> leaves, List<Hash> siblings) {

  public LeafOpening {
    places = List.copyOf(places);
    leaves = List.copyOf(leaves);
    siblings = List.copyOf(siblings);
  }

  /**
   * Of these leaves of a tensor that is at hand.
   *
   * @throws IllegalArgumentException if there is none, or the tensor doesn't have one of them
   */
  public static LeafOpening of(WholeTensor tensor, HashTree tree, SortedSet<Integer> places) {
    if (places.isEmpty() || places.last() >= TensorTree.leafCount(tensor.data().remaining())) {
      throw new IllegalArgumentException("the tensor has not all of the leaves " + places);
    }
    return new LeafOpening(
        tensor.dataType(),
        tensor.count(),
        List.copyOf(places),
        places.stream().map(place -> TensorTree.leaf(tensor.data(), place)).toList(),
        tree.open(places));
  }

  /** The opened elements, if this opens the tensor with that commitment; else nothing. */
  public Optional<ElementSource> verified(Hash tensor) {
    if (count < 1 || leaves.stream().anyMatch(leaf -> leaf.length != TensorTree.LEAF_LENGTH)) {
      return Optional.empty();
    }
    int all = TensorTree.leafCount((long) count * dataType.width());
    List<Hash> hashes = leaves.stream().map(TensorTree::leafHash).toList();
    return HashTree.root(HashTree.depth(all), places, hashes, siblings)
        .filter(root -> TensorCommitment.of(dataType, count, root).equals(tensor))
        .map(root -> elements());
  }

  private ElementSource elements() {
    Map<Integer, byte[]> byPlace = new HashMap<>();
    for (int at = 0; at < places.size(); at++) {
      byPlace.put(places.get(at), leaves.get(at));
    }
    return new LeafTensor(dataType, count, place -> opened(byPlace, place));
  }

  private static byte[] opened(Map<Integer, byte[]> leaves, int place) {
    byte[] leaf = leaves.get(place);
    if (leaf == null) {
      throw new EvaluationException.MissingLeaf(place);
    }
    return leaf;
  }
}
