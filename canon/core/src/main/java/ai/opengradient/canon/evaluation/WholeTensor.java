package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorException;
import java.nio.ByteBuffer;

/**
 * A tensor whose data are all there. Unlike a {@link Tensor} it has no shape, and its bools may be
 * any bytes: strangers commit to what they like.
 *
 * @param data read-only, and never copied: who made the tensor must not change them afterwards
 */
public record WholeTensor(DataType dataType, int count, ByteBuffer data) implements ElementSource {
  /**
   * @throws TensorException.InvalidData if the length is not that of so many elements
   */
  public WholeTensor {
    data = data.slice().asReadOnlyBuffer();
    if (data.remaining() != (long) count * dataType.width()) {
      throw new TensorException.InvalidData(
          count
              + " elements of "
              + dataType.label()
              + " don't take "
              + data.remaining()
              + " bytes");
    }
  }

  public static WholeTensor of(Tensor tensor) {
    return new WholeTensor(tensor.type().dataType(), tensor.type().count(), tensor.bytes());
  }

  /** The elements' bytes, as a read-only view with its own position. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  @Override
  public long element(int index) {
    return ElementBytes.read(dataType, data, index * dataType.width());
  }

  /** The tensor's commitment. */
  public Hash hash() {
    return TensorCommitment.of(dataType, count, TensorTree.root(data));
  }
}
