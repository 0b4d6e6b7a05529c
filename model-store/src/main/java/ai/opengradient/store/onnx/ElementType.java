package ai.opengradient.store.onnx;

import org.jspecify.annotations.Nullable;

/**
 * The element types that a tensor inside a file may have, with the room that they take. Wider than
 * what may go in and out of a model.
 *
 * <p>Source: ONNX's {@code onnx.proto}, TensorProto.
 */
enum ElementType {
  FLOAT(1, 32, Field.FLOATS, 1, 1),
  UINT8(2, 8, Field.INT32S, 1, 1),
  INT8(3, 8, Field.INT32S, 1, 1),
  UINT16(4, 16, Field.INT32S, 1, 1),
  INT16(5, 16, Field.INT32S, 1, 1),
  INT32(6, 32, Field.INT32S, 1, 1),
  INT64(7, 64, Field.INT64S, 1, 1),
  STRING(8, 0, Field.STRINGS, 1, 1),
  BOOL(9, 8, Field.INT32S, 1, 1),
  FLOAT16(10, 16, Field.INT32S, 1, 1),
  DOUBLE(11, 64, Field.DOUBLES, 1, 1),
  UINT32(12, 32, Field.UINT64S, 1, 1),
  UINT64(13, 64, Field.UINT64S, 1, 1),
  COMPLEX64(14, 64, Field.FLOATS, 2, 1),
  COMPLEX128(15, 128, Field.DOUBLES, 2, 1),
  BFLOAT16(16, 16, Field.INT32S, 1, 1),
  FLOAT8E4M3FN(17, 8, Field.INT32S, 1, 1),
  FLOAT8E4M3FNUZ(18, 8, Field.INT32S, 1, 1),
  FLOAT8E5M2(19, 8, Field.INT32S, 1, 1),
  FLOAT8E5M2FNUZ(20, 8, Field.INT32S, 1, 1),
  UINT4(21, 4, Field.INT32S, 1, 2),
  INT4(22, 4, Field.INT32S, 1, 2),
  FLOAT4E2M1(23, 4, Field.INT32S, 1, 2),
  FLOAT8E8M0(24, 8, Field.INT32S, 1, 1),
  UINT2(25, 2, Field.INT32S, 1, 4),
  INT2(26, 2, Field.INT32S, 1, 4);

  /** Where a tensor's elements may stand if they aren't raw bytes. */
  enum Field {
    FLOATS,
    INT32S,
    INT64S,
    STRINGS,
    DOUBLES,
    UINT64S
  }

  private final int code;
  private final int bits;
  private final Field field;
  private final int entriesPerGroup;
  private final int elementsPerGroup;

  ElementType(int code, int bits, Field field, int entriesPerGroup, int elementsPerGroup) {
    this.code = code;
    this.bits = bits;
    this.field = field;
    this.entriesPerGroup = entriesPerGroup;
    this.elementsPerGroup = elementsPerGroup;
  }

  static @Nullable ElementType fromCode(long code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }

  /** Whether elements may be raw bytes. */
  boolean hasRawForm() {
    return bits > 0;
  }

  /** Raw bytes of so many elements. */
  long rawLength(long count) {
    return Math.ceilDiv(Math.multiplyExact(count, (long) bits), 8);
  }

  Field field() {
    return field;
  }

  /** Entries of {@link #field} for so many elements. */
  long entries(long count) {
    return Math.multiplyExact(Math.ceilDiv(count, (long) elementsPerGroup), (long) entriesPerGroup);
  }
}
