package ai.opengradient.canon.program;

import ai.opengradient.canon.tensor.DataType;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.function.Consumer;

/** Writes the fields of an encoding, big-endian. */
final class ByteWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void u8(int value) {
    bytes.write(value);
  }

  void u16(int value) {
    u8(value >>> Byte.SIZE);
    u8(value);
  }

  /** Of u32 and i32 alike. */
  void u32(int value) {
    u16(value >>> Short.SIZE);
    u16(value);
  }

  void bytes(byte[] value) {
    bytes.writeBytes(value);
  }

  /** How many there are, a u8, and each. */
  <T> void list(Collection<T> list, Consumer<T> element) {
    u8(list.size());
    list.forEach(element);
  }

  void dataType(DataType type) {
    u8(type.code());
  }

  void element(DataType type, long element) {
    switch (type) {
      case UINT8, INT8, BOOL -> u8((int) element);
      case FLOAT32, INT32 -> u32((int) element);
      case INT64 -> {
        u32((int) (element >>> Integer.SIZE));
        u32((int) element);
      }
    }
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
