package ai.opengradient.worker.tensorfile;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** ONNX's {@code TensorProto}, as its test data comes in. */
final class OnnxTensorFile {
  private OnnxTensorFile() {}

  static Tensor read(String subject, byte[] file) {
    TensorProto proto = parse(subject, file);
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw Elements.invalid(subject, "the elements are in another file");
    }
    TensorType type = type(subject, proto);
    return proto.hasRawData()
        ? Elements.tensor(
            subject, type, proto.getRawData().asReadOnlyByteBuffer(), ByteOrder.LITTLE_ENDIAN)
        : Elements.tensor(subject, type, listed(subject, proto, type), ByteOrder.BIG_ENDIAN);
  }

  private static TensorProto parse(String subject, byte[] file) {
    try {
      return TensorProto.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw new OpgException(
          ErrorCode.TENSOR_FILE_INVALID, subject + " is not a TensorProto: " + e.getMessage(), e);
    }
  }

  private static TensorType type(String subject, TensorProto proto) {
    DataType dataType;
    try {
      dataType = DataType.fromCode(proto.getDataType());
    } catch (TensorException e) {
      throw new OpgException(ErrorCode.TENSOR_WRONG_TYPE, subject + ": " + e.getMessage(), e);
    }
    List<Integer> shape = new ArrayList<>();
    for (long dimension : proto.getDimsList()) {
      if (dimension != (int) dimension) {
        throw Elements.invalid(subject, dimension + " is not a dimension");
      }
      shape.add((int) dimension);
    }
    return Elements.type(subject, dataType, shape);
  }

  /** The elements of a proto without raw bytes: small integers and bools are listed as int32. */
  private static ByteBuffer listed(String subject, TensorProto proto, TensorType type) {
    int count =
        switch (type.dataType()) {
          case FLOAT32 -> proto.getFloatDataCount();
          case INT64 -> proto.getInt64DataCount();
          case INT32, UINT8, INT8, BOOL -> proto.getInt32DataCount();
        };
    if (count != type.count()) {
      throw Elements.invalid(
          subject, type + " has " + type.count() + " elements, the file " + count);
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteLength()));
    for (int index = 0; index < count; index++) {
      switch (type.dataType()) {
        case FLOAT32 -> bytes.putFloat(proto.getFloatData(index));
        case INT64 -> bytes.putLong(proto.getInt64Data(index));
        case INT32 -> bytes.putInt(proto.getInt32Data(index));
        case UINT8 -> bytes.put(small(subject, proto.getInt32Data(index), 0, 255));
        case INT8 ->
            bytes.put(small(subject, proto.getInt32Data(index), Byte.MIN_VALUE, Byte.MAX_VALUE));
        case BOOL -> bytes.put(small(subject, proto.getInt32Data(index), 0, 1));
      }
    }
    return bytes.flip();
  }

  private static byte small(String subject, int value, int least, int most) {
    if (value < least || value > most) {
      throw new OpgException(
          ErrorCode.TENSOR_VALUE_INVALID,
          subject + ": " + value + " is not in " + least + " .. " + most);
    }
    return (byte) value;
  }
}
