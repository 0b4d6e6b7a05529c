package ai.opengradient.canon.commitment;

import ai.opengradient.canon.tensor.DataType;
import java.util.Optional;

/**
 * What a tensor's commitment is made of. A stranger's may be that of no tensor. Source: section 11
 * of {@code docs/canon.md}.
 *
 * @param code the element type's, 0 for the void tensor
 * @param count of the elements, from 0
 * @param root of the tree over the leaves
 */
public record TensorHead(int code, int count, Hash root) {
  /** Of the tensor that a node defines which breaks a rule. */
  public static final TensorHead VOID = new TensorHead(0, 0, TensorTree.root(new byte[0]));

  public static TensorHead of(DataType dataType, int count, Hash root) {
    return new TensorHead(dataType.code(), count, root);
  }

  /** The element type, if the code is one's. */
  public Optional<DataType> dataType() {
    return DataType.find(code);
  }

  /**
   * The commitment.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Hash hash() {
    return TensorCommitment.of(code, count, root);
  }
}
