package ai.opengradient.worker.tensorfile;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** NumPy's array file, format versions 1 to 3, in C order. */
final class NumpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final Pattern DESCRIPTION =
      Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([<>=|]?)(\\w+)['\"]");
  private static final Pattern ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([\\d,\\s]*)\\)");

  private NumpyFile() {}

  /** A file of version 1. */
  static byte[] write(Tensor tensor) {
    TensorType type = tensor.type();
    String shape =
        type.shape().stream().map(dimension -> dimension + ",").collect(Collectors.joining());
    String description =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(description(type.dataType()), shape);
    int unpadded = MAGIC.length + 4 + description.length() + 1;
    int padding = Math.floorMod(-unpadded, ALIGNMENT);
    byte[] header = (description + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(MAGIC.length + 4 + header.length + tensor.bytes().remaining())
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) header.length)
        .put(header)
        .put(tensor.bytes())
        .array();
  }

  /** Elements are written as they stand, which is big-endian. */
  private static String description(DataType type) {
    return switch (type) {
      case FLOAT32 -> ">f4";
      case UINT8 -> "|u1";
      case INT8 -> "|i1";
      case INT32 -> ">i4";
      case INT64 -> ">i8";
      case BOOL -> "|b1";
    };
  }

  static Tensor read(String subject, byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    String header = header(subject, bytes);
    Matcher description = require(subject, DESCRIPTION.matcher(header), "descr");
    Matcher order = require(subject, ORDER.matcher(header), "fortran_order");
    Matcher shape = require(subject, SHAPE.matcher(header), "shape");
    List<Integer> dimensions = dimensions(subject, group(shape, 1));
    if (group(order, 1).equals("True") && dimensions.size() > 1) {
      throw Elements.invalid(
          subject, "the array is in Fortran order; save numpy.ascontiguousarray of it");
    }
    return Elements.tensor(
        subject,
        Elements.type(subject, dataType(subject, group(description, 2)), dimensions),
        bytes,
        group(description, 1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static String header(String subject, ByteBuffer bytes) {
    byte[] magic = new byte[MAGIC.length];
    if (bytes.remaining() < MAGIC.length + 4) {
      throw Elements.invalid(subject, "too short for a NumPy file");
    }
    bytes.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw Elements.invalid(subject, "not a NumPy file");
    }
    int version = bytes.get();
    bytes.get();
    if (version < 1 || version > 3) {
      throw Elements.invalid(subject, "NumPy format version " + version + " is not known");
    }
    if (version > 1 && bytes.remaining() < 4) {
      throw Elements.invalid(subject, "the header is cut off");
    }
    int length = version == 1 ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw Elements.invalid(subject, "the header is cut off");
    }
    byte[] header = new byte[length];
    bytes.get(header);
    return new String(header, StandardCharsets.UTF_8);
  }

  private static Matcher require(String subject, Matcher field, String name) {
    if (!field.find()) {
      throw Elements.invalid(subject, "the header has no " + name + " that is read here");
    }
    return field;
  }

  private static String group(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group)).orElse("");
  }

  private static DataType dataType(String subject, String name) {
    return switch (name) {
      case "f4" -> DataType.FLOAT32;
      case "u1" -> DataType.UINT8;
      case "i1" -> DataType.INT8;
      case "i4" -> DataType.INT32;
      case "i8" -> DataType.INT64;
      case "b1" -> DataType.BOOL;
      default ->
          throw new OpgException(
              ErrorCode.TENSOR_WRONG_TYPE,
              subject
                  + ": NumPy's type "
                  + name
                  + " is none of f4, u1, i1, i4, i8 and b1; convert it with astype");
    };
  }

  private static List<Integer> dimensions(String subject, String text) {
    List<Integer> dimensions = new ArrayList<>();
    for (String dimension : text.split(",", -1)) {
      if (!dimension.isBlank()) {
        try {
          dimensions.add(Integer.valueOf(dimension.strip()));
        } catch (NumberFormatException e) {
          throw Elements.invalid(subject, "'" + dimension + "' is not a dimension");
        }
      }
    }
    return dimensions;
  }
}
