package ai.opengradient.canon.commitment;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import java.nio.ByteBuffer;

/**
 * The hash that commits to a tensor: element type, element count and tree root. The shape has no
 * part in it.
 */
public final class TensorCommitment {
  private static final int TENSOR_TAG = 0x04;

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
    return new Keccak256()
        .update(TENSOR_TAG)
        .update(word(type.dataType().code()), 0, Hash.LENGTH)
        .update(word(type.count()), 0, Hash.LENGTH)
        .update(treeRoot.bytes(), 0, Hash.LENGTH)
        .digest();
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(Hash.LENGTH).putInt(Hash.LENGTH - Integer.BYTES, value).array();
  }
}
