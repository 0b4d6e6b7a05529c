package ai.opengradient.canon.commitment;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;

/**
 * The hash that commits to a tensor: element type, element count and tree root. The shape has no
 * part in it.
 */
public final class TensorCommitment {
  private static final int TENSOR_TAG = 0x04;

  /** Of the tensor of no type and no elements, which a node defines that breaks a rule. */
  public static final Hash VOID = TensorHead.VOID.hash();

  private TensorCommitment() {}

  /**
   * The commitment to the tensor's bytes as they are; who wants the canonical form takes {@link
   * Tensor#canonical} first.
   */
  public static Hash of(Tensor tensor) {
    return of(tensor.type(), TensorTree.root(tensor.bytes()));
  }

  /** The commitment to a tensor of which only the tree root is at hand. */
  public static Hash of(TensorType type, Hash treeRoot) {
    return of(type.dataType(), type.count(), treeRoot);
  }

  /** The same, where the shape is not known either: it has no part in the commitment. */
  public static Hash of(DataType dataType, int count, Hash treeRoot) {
    return of(dataType.code(), count, treeRoot);
  }

  static Hash of(int code, int count, Hash treeRoot) {
    return Words.tagged(TENSOR_TAG).add(code).add(count).add(treeRoot).hash();
  }
}
