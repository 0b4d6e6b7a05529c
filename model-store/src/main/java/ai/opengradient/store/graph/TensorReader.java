package ai.opengradient.store.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads a tensor's elements, wherever its message has them, into the protocol's order. */
final class TensorReader {
  private TensorReader() {}

  /**
   * The tensor.
   *
   * @throws StoreException.UnsupportedOnnx if its element type is none of the protocol's, or its data
   *     stand in another file
   * @throws StoreException.InvalidOnnx if its parts contradict each other
   */
  static GraphTensor read(TensorProto tensor) {
    DataType type = dataType(tensor.getDataType());
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new StoreException.UnsupportedOnnx(
          "the data of '" + tensor.getName() + "' stand in another file; save the model in one file");
    }
    List<Integer> shape = new ArrayList<>();
    long count = 1;
    for (long dimension : tensor.getDimsList()) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw new StoreException.InvalidOnnx("'" + tensor.getName() + "' has a dimension " + dimension);
      }
      shape.add((int) dimension);
      count = Math.multiplyExact(count, dimension);
    }
    long length = Math.multiplyExact(count, (long) type.width());
    ByteBuffer data = tensor.hasRawData() ? raw(tensor, type, length) : typed(tensor, type, count);
    return new GraphTensor(type, shape, data.flip());
  }

  static DataType dataType(int code) {
    try {
      return DataType.fromCode(code);
    } catch (TensorException.InvalidType e) {
      throw new StoreException.UnsupportedOnnx(e.getMessage());
    }
  }

  private static ByteBuffer raw(TensorProto tensor, DataType type, long length) {
    ByteBuffer source = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    requireLength(tensor, source.remaining(), length);
    ByteBuffer data = ByteBuffer.allocate((int) length);
    switch (type) {
      case UINT8, INT8 -> data.put(source);
      case BOOL -> {
        while (source.hasRemaining()) {
          data.put((byte) (source.get() == 0 ? 0 : 1));
        }
      }
      case FLOAT32, INT32 -> {
        while (source.hasRemaining()) {
          data.putInt(source.getInt());
        }
      }
      case INT64 -> {
        while (source.hasRemaining()) {
          data.putLong(source.getLong());
        }
      }
    }
    return data;
  }

  private static ByteBuffer typed(TensorProto tensor, DataType type, long count) {
    int given =
        switch (type) {
          case FLOAT32 -> tensor.getFloatDataCount();
          case INT64 -> tensor.getInt64DataCount();
          case UINT8, INT8, INT32, BOOL -> tensor.getInt32DataCount();
        };
    requireLength(tensor, given, count);
    ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(given, type.width()));
    for (int at = 0; at < given; at++) {
      switch (type) {
        case FLOAT32 -> data.putInt(Float.floatToRawIntBits(tensor.getFloatData(at)));
        case INT64 -> data.putLong(tensor.getInt64Data(at));
        case INT32 -> data.putInt(tensor.getInt32Data(at));
        case UINT8, INT8 -> data.put((byte) tensor.getInt32Data(at));
        case BOOL -> data.put((byte) (tensor.getInt32Data(at) == 0 ? 0 : 1));
      }
    }
    return data;
  }

  private static void requireLength(TensorProto tensor, long given, long wanted) {
    if (given != wanted) {
      throw new StoreException.InvalidOnnx(
          "'" + tensor.getName() + "' has " + given + " where its shape takes " + wanted);
    }
  }
}
