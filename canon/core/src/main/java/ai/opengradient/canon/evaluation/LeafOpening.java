package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

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
    TreeMap<Integer, ByteBuffer> byPlace = new TreeMap<>();
    for (int at = 0; at < places.size(); at++) {
      byPlace.put(places.get(at), ByteBuffer.wrap(leaves.get(at)));
    }
    return new Opened(dataType, count, byPlace);
  }

  private record Opened(DataType dataType, int count, TreeMap<Integer, ByteBuffer> leaves)
      implements ElementSource {
    @Override
    public long element(int index) {
      int leaf = leafOf(dataType, index);
      ByteBuffer bytes = leaves.get(leaf);
      if (bytes == null) {
        throw new EvaluationException.MissingLeaf(leaf);
      }
      long offset = (long) index * dataType.width() % TensorTree.LEAF_LENGTH;
      return ElementBytes.read(dataType, bytes, (int) offset);
    }
  }

  /** The place of an element's leaf. */
  static int leafOf(DataType dataType, int index) {
    return (int) ((long) index * dataType.width() / TensorTree.LEAF_LENGTH);
  }
}
