package ai.opengradient.worker.tensorfile;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensors as nested JSON arrays, a scalar as a bare element. Numbers that JSON can't write are the
 * strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}; a bool is {@code true} or
 * {@code false}.
 */
public final class JsonTensor {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonTensor() {}

  /** Reads a tensor of this type. A decimal number becomes the nearest float32. */
  static Tensor read(String subject, String text, TensorType type) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new OpgException(
          ErrorCode.TENSOR_FILE_INVALID, subject + " is not JSON: " + e.getOriginalMessage(), e);
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteLength()));
    put(subject, root, type, 0, bytes);
    return new Tensor(type, bytes.flip());
  }

  /** The tensor as nested lists of numbers, strings for what JSON can't write, and booleans. */
  public static Object write(Tensor tensor) {
    return nested(tensor.type(), 0, tensor.bytes());
  }

  private static Object nested(TensorType type, int axis, ByteBuffer bytes) {
    if (axis == type.shape().size()) {
      return element(type, bytes);
    }
    List<Object> row = new ArrayList<>();
    for (int index = 0; index < type.shape().get(axis); index++) {
      row.add(nested(type, axis + 1, bytes));
    }
    return row;
  }

  private static Object element(TensorType type, ByteBuffer bytes) {
    return switch (type.dataType()) {
      case FLOAT32 -> {
        float value = bytes.getFloat();
        yield Float.isFinite(value) ? (Object) value : Float.toString(value);
      }
      case UINT8 -> Byte.toUnsignedInt(bytes.get());
      case INT8 -> bytes.get();
      case INT32 -> bytes.getInt();
      case INT64 -> bytes.getLong();
      case BOOL -> bytes.get() != 0;
    };
  }

  private static void put(
      String subject, JsonNode node, TensorType type, int axis, ByteBuffer bytes) {
    if (axis == type.shape().size()) {
      putElement(subject, node, type, bytes);
      return;
    }
    int expected = type.shape().get(axis);
    if (!node.isArray() || node.size() != expected) {
      throw new OpgException(
          ErrorCode.TENSOR_WRONG_SHAPE,
          subject
              + ": the model wants "
              + type
              + ", but along axis "
              + axis
              + " there is "
              + (node.isArray() ? "a list of " + node.size() : abbreviated(node)));
    }
    for (JsonNode child : node) {
      put(subject, child, type, axis + 1, bytes);
    }
  }

  private static void putElement(String subject, JsonNode node, TensorType type, ByteBuffer bytes) {
    if (node.isContainerNode()) {
      throw new OpgException(
          ErrorCode.TENSOR_WRONG_SHAPE,
          subject + ": the model wants " + type + ", but there are more axes");
    }
    switch (type.dataType()) {
      case FLOAT32 -> bytes.putFloat(floatOf(subject, node));
      case UINT8 -> bytes.put(integer(subject, node, 0, 255).byteValue());
      case INT8 -> bytes.put(integer(subject, node, Byte.MIN_VALUE, Byte.MAX_VALUE).byteValue());
      case INT32 ->
          bytes.putInt(integer(subject, node, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue());
      case INT64 ->
          bytes.putLong(integer(subject, node, Long.MIN_VALUE, Long.MAX_VALUE).longValue());
      case BOOL -> bytes.put((byte) (bool(subject, node) ? 1 : 0));
    }
  }

  private static float floatOf(String subject, JsonNode node) {
    if (node.isNumber()) {
      float value = node.decimalValue().floatValue();
      if (Float.isFinite(value)) {
        return value;
      }
      throw invalid(subject, node, "beyond float32");
    }
    return switch (node.asText()) {
      case "NaN" -> Float.NaN;
      case "Infinity" -> Float.POSITIVE_INFINITY;
      case "-Infinity" -> Float.NEGATIVE_INFINITY;
      default -> throw invalid(subject, node, "not a number");
    };
  }

  private static BigInteger integer(String subject, JsonNode node, long least, long most) {
    if (!node.isIntegralNumber()) {
      throw invalid(subject, node, "not an integer");
    }
    BigInteger value = node.bigIntegerValue();
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw invalid(subject, node, "not in " + least + " .. " + most);
    }
    return value;
  }

  private static boolean bool(String subject, JsonNode node) {
    if (!node.isBoolean()) {
      throw invalid(subject, node, "neither true nor false");
    }
    return node.booleanValue();
  }

  private static OpgException invalid(String subject, JsonNode node, String problem) {
    return new OpgException(
        ErrorCode.TENSOR_VALUE_INVALID, subject + ": " + abbreviated(node) + " is " + problem);
  }

  private static String abbreviated(JsonNode node) {
    String text = node.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
