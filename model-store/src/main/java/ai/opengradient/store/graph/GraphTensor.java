package ai.opengradient.store.graph;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.StoreException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A constant of a graph. Unlike a tensor of the protocol it may have no elements.
 *
 * @param shape dimensions from 0, none for a scalar
 * @param data the elements, row-major and big-endian; read-only, and never copied
 */
public record GraphTensor(DataType dataType, List<Integer> shape, ByteBuffer data) {
  /**
   * @throws StoreException.InvalidOnnx if the data's length is not the shape's
   */
  public GraphTensor {
    shape = List.copyOf(shape);
    data = data.slice().asReadOnlyBuffer();
    long length = dataType.width();
    for (int dimension : shape) {
      length = Math.multiplyExact(length, (long) dimension);
    }
    if (data.remaining() != length) {
      throw new StoreException.InvalidOnnx(
          dataType.label() + shape + " takes " + length + " bytes, not " + data.remaining());
    }
  }

  public static GraphTensor of(Tensor tensor) {
    return new GraphTensor(tensor.type().dataType(), tensor.type().shape(), tensor.bytes());
  }

  /** The elements' bytes, as a read-only view with its own position. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }
}
