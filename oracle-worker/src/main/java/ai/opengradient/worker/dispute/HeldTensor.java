package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorHead;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.evaluation.ElementSource;
import ai.opengradient.canon.evaluation.LeafTensor;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A tensor that is at hand leaf by leaf. Its tree is made when it is asked for, once. */
public final class HeldTensor {
  private final DataType dataType;
  private final int count;
  private final int leaves;
  private final IntFunction<byte[]> leaf;
  private @Nullable HashTree tree;

  /**
   * A tensor of this type and count.
   *
   * @param leaves how many there are; of a weight perhaps more than its elements take
   * @param leaf by place, {@value TensorTree#LEAF_LENGTH} bytes each
   */
  HeldTensor(DataType dataType, int count, int leaves, IntFunction<byte[]> leaf) {
    this.dataType = dataType;
    this.count = count;
    this.leaves = leaves;
    this.leaf = leaf;
  }

  /** Of these elements. */
  public static HeldTensor of(WholeTensor tensor) {
    return of(tensor.dataType(), tensor.count(), tensor.data());
  }

  /** Of the first elements of these data. */
  static HeldTensor of(DataType dataType, int count, ByteBuffer data) {
    int leaves = TensorTree.leafCount(data.remaining());
    return new HeldTensor(dataType, count, leaves, place -> TensorTree.leaf(data, place));
  }

  int count() {
    return count;
  }

  DataType dataType() {
    return dataType;
  }

  /** The place of an element's leaf. */
  int leafOf(int element) {
    return LeafTensor.leafOf(dataType, element);
  }

  int leaves() {
    return leaves;
  }

  byte[] leaf(int place) {
    return leaf.apply(place);
  }

  HashTree tree() {
    HashTree made = tree;
    if (made == null) {
      made =
          HashTree.of(
              IntStream.range(0, leaves)
                  .mapToObj(place -> TensorTree.leafHash(leaf.apply(place)))
                  .toList());
      tree = made;
    }
    return made;
  }

  TensorHead head() {
    return TensorHead.of(dataType, count, tree().root());
  }

  Hash hash() {
    return head().hash();
  }

  /** The elements; leaves are read as they are needed. */
  ElementSource elements() {
    return new LeafTensor(dataType, count, leaf);
  }
}
