package ai.opengradient.worker.tensorfile;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Supplier;

/** Makes tensors of what files hold. */
final class Elements {
  private Elements() {}

  /** A type from a file. */
  static TensorType type(String subject, DataType dataType, List<Integer> shape) {
    return valid(subject, () -> new TensorType(dataType, shape));
  }

  /** A tensor from a file's bytes, which stand in the given order. */
  static Tensor tensor(String subject, TensorType type, ByteBuffer bytes, ByteOrder order) {
    if (bytes.remaining() != type.byteLength()) {
      throw invalid(
          subject,
          type + " takes " + type.byteLength() + " bytes, the file has " + bytes.remaining());
    }
    ByteBuffer source = bytes.slice().order(order);
    ByteBuffer target = ByteBuffer.allocate(source.remaining());
    switch (type.dataType()) {
      case FLOAT32, INT32 -> target.asIntBuffer().put(source.asIntBuffer());
      case INT64 -> target.asLongBuffer().put(source.asLongBuffer());
      case UINT8, INT8, BOOL -> target.slice().put(source);
    }
    return valid(subject, () -> new Tensor(type, target));
  }

  static OpgException invalid(String subject, String problem) {
    return new OpgException(ErrorCode.TENSOR_FILE_INVALID, subject + ": " + problem);
  }

  private static <T> T valid(String subject, Supplier<T> made) {
    try {
      return made.get();
    } catch (TensorException e) {
      throw new OpgException(ErrorCode.TENSOR_FILE_INVALID, subject + ": " + e.getMessage(), e);
    }
  }
}
