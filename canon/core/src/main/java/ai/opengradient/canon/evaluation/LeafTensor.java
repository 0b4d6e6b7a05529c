package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.DataType;
import java.util.function.IntFunction;

/** A tensor of which leaves are at hand, or come when an element of them is read. */
public final class LeafTensor implements ElementSource {
  private static final int NONE = -1;

  private final DataType dataType;
  private final int count;
  private final IntFunction<byte[]> leaves;

  /** The last leaf that was read: elements are mostly read one after the other. */
  private byte[] current = {};

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
    open(leafOf(dataType, index));
    return ElementBytes.read(dataType, current, offsetOf(index));
  }

  /** As many as there are in the leaf. */
  @Override
  public int locate(int first, int length, ElementRun run) {
    open(leafOf(dataType, first));
    int offset = offsetOf(first);
    run.set(current, offset);
    return Math.min(length, (TensorTree.LEAF_LENGTH - offset) / dataType.width());
  }

  private void open(int leaf) {
    if (leaf != place) {
      current = leaves.apply(leaf);
      place = leaf;
    }
  }

  private int offsetOf(int index) {
    return (int) ((long) index * dataType.width() % TensorTree.LEAF_LENGTH);
  }
}
