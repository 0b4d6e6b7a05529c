package ai.opengradient.store.graph;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.StoreException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A constant of a graph. Unlike a tensor of the protocol it may have no elements.
 *
 * @param shape dimensions from 0, none for a scalar
 * @param data the elements, row-major and big-endian; read-only
 */
public record GraphTensor(DataType dataType, List<Integer> shape, ByteBuffer data) {
  /**
   * @throws StoreException.InvalidOnnx if the data's length is not the shape's
   */
  public GraphTensor {
    shape = List.copyOf(shape);
    data = data.slice().asReadOnlyBuffer();
    if (data.remaining() != count(shape) * dataType.width()) {
      throw new StoreException.InvalidOnnx(
          "a constant " + dataType.label() + shape + " has " + data.remaining() + " bytes");
    }
  }

  /** The elements' bytes, as a read-only view with its own position. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  private static long count(List<Integer> shape) {
    long count = 1;
    for (int dimension : shape) {
      count = Math.multiplyExact(count, (long) dimension);
    }
    return count;
  }
}
