package ai.opengradient.canon.tensor;

import java.util.Locale;
import java.util.Optional;

/** An element type, with the code that ONNX's {@code TensorProto.DataType} gives it. */
public enum DataType {
  FLOAT32(1, 4),
  UINT8(2, 1),
  INT8(3, 1),
  INT32(6, 4),
  INT64(7, 8),
  BOOL(9, 1);

  private static final DataType[] ALL = values();

  private final int code;
  private final int width;

  DataType(int code, int width) {
    this.code = code;
    this.width = width;
  }

  /** ONNX's code, 1 to 9. */
  public int code() {
    return code;
  }

  /** Bytes of one element. */
  public int width() {
    return width;
  }

  /** What people and manifests write: {@code float32}, {@code uint8}, … */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type with ONNX's code, if the protocol has one. */
  public static Optional<DataType> find(int code) {
    for (DataType type : ALL) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /**
   * The type with ONNX's code.
   *
   * @throws TensorException.InvalidType if the protocol has no type with this code
   */
  public static DataType fromCode(int code) {
    return find(code)
        .orElseThrow(() ->
            new TensorException.InvalidType(
                "element type code "
                    + code
                    + " is not supported; use float32 (1), uint8 (2), int8 (3), int32 (6), int64 (7) or bool (9)"));
  }

  /**
   * The type with this label.
   *
   * @throws TensorException.InvalidType if there is none
   */
  public static DataType fromLabel(String label) {
    for (DataType type : values()) {
      if (type.label().equals(label)) {
        return type;
      }
    }
    throw new TensorException.InvalidType(
        "element type '"
            + label
            + "' is not supported; use float32, uint8, int8, int32, int64 or bool");
  }
}
