package ai.opengradient.worker.dispute;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;

/** Elements to be changed one by one. */
final class Elements {
  private final DataType type;
  private final int count;
  private final ByteBuffer data;

  Elements(DataType type, int count) {
    this.type = type;
    this.count = count;
    data = ByteBuffer.allocate(count * type.width());
  }

  static Elements of(WholeTensor tensor) {
    Elements elements = new Elements(tensor.dataType(), tensor.count());
    elements.data.put(0, tensor.data(), 0, tensor.data().remaining());
    return elements;
  }

  /** Sets an element's bits, canonical or not. */
  Elements put(int index, long bits) {
    switch (type) {
      case FLOAT32, INT32 -> data.putInt(index * Integer.BYTES, (int) bits);
      case UINT8, INT8, BOOL -> data.put(index, (byte) bits);
      case INT64 -> data.putLong(index * Long.BYTES, bits);
    }
    return this;
  }

  WholeTensor tensor() {
    return new WholeTensor(type, count, data);
  }
}
