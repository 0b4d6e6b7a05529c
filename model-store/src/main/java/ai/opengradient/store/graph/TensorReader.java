package ai.opengradient.store.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.store.StoreException;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads a tensor's elements, wherever its message has them, into the protocol's order. */
public final class TensorReader {
  private TensorReader() {}

  /**
   * The tensor in a file of its own, as ONNX's tests have them.
   *
   * @throws StoreException.UnsupportedOnnx if its element type is none of the protocol's
   * @throws StoreException.InvalidOnnx if it is no tensor, or its parts contradict each other
   */
  public static GraphTensor read(byte[] file) {
    try {
      return read(TensorProto.parseFrom(file));
    } catch (InvalidProtocolBufferException e) {
      throw new StoreException.InvalidOnnx("the file is no ONNX tensor: " + e.getMessage());
    }
  }

  static GraphTensor read(TensorProto tensor) {
    DataType type = dataType(tensor);
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new StoreException.UnsupportedOnnx(
          "the data of '"
              + tensor.getName()
              + "' are in another file; export the model with all data inside");
    }
    List<Integer> shape = shape(tensor);
    long count = count(shape);
    ByteBuffer data =
        tensor.hasRawData() ? raw(tensor, type, count) : separate(tensor, type, count);
    return new GraphTensor(type, shape, data.flip());
  }

  /** Bytes of a tensor's data in their raw form; nothing if it is of a type that is not read. */
  static OptionalLong byteLength(TensorProto tensor) {
    try {
      DataType type = DataType.fromCode(tensor.getDataType());
      return OptionalLong.of(Math.multiplyExact(count(shape(tensor)), (long) type.width()));
    } catch (TensorException.InvalidType e) {
      return OptionalLong.empty();
    }
  }

  private static List<Integer> shape(TensorProto tensor) {
    List<Integer> shape = new ArrayList<>();
    for (long dimension : tensor.getDimsList()) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw new StoreException.InvalidOnnx(
            "'" + tensor.getName() + "' has the dimension " + dimension);
      }
      shape.add((int) dimension);
    }
    return shape;
  }

  private static long count(List<Integer> shape) {
    long count = 1;
    for (int dimension : shape) {
      count = Math.multiplyExact(count, (long) dimension);
    }
    return count;
  }

  private static DataType dataType(TensorProto tensor) {
    try {
      return DataType.fromCode(tensor.getDataType());
    } catch (TensorException.InvalidType e) {
      throw new StoreException.UnsupportedOnnx(
          "the constant '" + tensor.getName() + "': " + e.getMessage());
    }
  }

  private static ByteBuffer raw(TensorProto tensor, DataType type, long count) {
    ByteBuffer source = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    requireLength(tensor, source.remaining(), Math.multiplyExact(count, (long) type.width()));
    ByteBuffer data = ByteBuffer.allocate(source.remaining());
    switch (type) {
      case UINT8, INT8 -> data.put(source);
      case BOOL -> {
        while (source.hasRemaining()) {
          data.put((byte) (source.get() == 0 ? 0 : 1));
        }
      }
      case FLOAT32, INT32 -> {
        data.asIntBuffer().put(source.asIntBuffer());
        data.position(data.limit());
      }
      case INT64 -> {
        data.asLongBuffer().put(source.asLongBuffer());
        data.position(data.limit());
      }
    }
    return data;
  }

  private static ByteBuffer separate(TensorProto tensor, DataType type, long count) {
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
