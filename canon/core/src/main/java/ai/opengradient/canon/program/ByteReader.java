package ai.opengradient.canon.program;

import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.canon.tensor.DataType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads the fields of an encoding, big-endian, and fails at its end with a typed error. */
final class ByteReader {
  private final ByteBuffer bytes;

  ByteReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  int u8() {
    return Byte.toUnsignedInt(read(bytes::get));
  }

  int u16() {
    return Short.toUnsignedInt(read(bytes::getShort));
  }

  long u32() {
    return Integer.toUnsignedLong(read(bytes::getInt));
  }

  int i32() {
    return read(bytes::getInt);
  }

  byte[] bytes(int length) {
    byte[] target = new byte[length];
    read(() -> bytes.get(target));
    return target;
  }

  /** A u32 from {@code least} to {@code most}. */
  int count(String what, int least, int most) {
    long count = u32();
    ProgramException.requireCount(what, count, least, most);
    return (int) count;
  }

  /** A u8 that says how many of something follow, at most so many, and what follows. */
  <T> List<T> list(String what, int most, Supplier<T> element) {
    int count = u8();
    ProgramException.requireCount(what, count, 0, most);
    List<T> list = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      list.add(element.get());
    }
    return list;
  }

  DataType dataType() {
    int code = u8();
    return DataType.find(code).orElseThrow(() -> unknown("element type", code));
  }

  static ProgramException unknown(String what, int code) {
    return new ProgramException(Fault.UNKNOWN_CODE, "no " + what + " has the code " + code);
  }

  /** An element of a type in canonical form. */
  long element(DataType type) {
    long element =
        switch (type) {
          case UINT8, BOOL -> u8();
          case INT8 -> read(bytes::get);
          case FLOAT32, INT32 -> i32();
          case INT64 -> read(bytes::getLong);
        };
    Elements.requireCanonical(type, element);
    return element;
  }

  void requireEnd() {
    if (bytes.hasRemaining()) {
      throw new ProgramException(
          Fault.TRAILING_BYTES,
          "the last field ends at byte "
              + bytes.position()
              + " of "
              + bytes.limit()
              + "; cut off the rest");
    }
  }

  private <T> T read(Supplier<T> field) {
    try {
      return field.get();
    } catch (BufferUnderflowException e) {
      throw new ProgramException(
          Fault.TRUNCATED,
          "the bytes end at " + bytes.limit() + ", within a field; get the whole encoding");
    }
  }
}
