package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/** A tensor of which leaves are at hand, or come when an element of them is read. */
public final class LeafTensor implements ElementSource {
  private static final int NONE = -1;

  private final DataType dataType;
  private final int count;
  private final IntFunction<byte[]> leaves;

  /** The last leaf that was read: elements are mostly read one after the other. */
  private ByteBuffer current = ByteBuffer.allocate(0);

  private int place = NONE;

  /**
   * A tensor of this type and count.
   *
   * @param leaves by their places, {@value TensorTree#LEAF_LENGTH} bytes each; may throw {@link
   *     EvaluationException.MissingLeaf}
   */
  public LeafTensor(DataType dataType, int count, IntFunction<byte[]> leaves) {
    this.dataType = dataType;
    this.count = count;
    this.leaves = leaves;
  }

  /** The place of an element's leaf. */
  public static int leafOf(DataType dataType, int index) {
    return (int) ((long) index * dataType.width() / TensorTree.LEAF_LENGTH);
  }

  @Override
  public DataType dataType() {
    return dataType;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public long element(int index) {
    int leaf = leafOf(dataType, index);
    if (leaf != place) {
      current = ByteBuffer.wrap(leaves.apply(leaf));
      place = leaf;
    }
    long offset = (long) index * dataType.width() % TensorTree.LEAF_LENGTH;
    return ElementBytes.read(dataType, current, (int) offset);
  }
}
