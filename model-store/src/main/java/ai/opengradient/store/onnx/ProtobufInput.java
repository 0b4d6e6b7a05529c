package ai.opengradient.store.onnx;

import ai.opengradient.store.StoreException;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A protobuf message of a known length, read field by field. Nothing is allocated for a length that
 * the file only claims: a message must end within the one around it, and texts have a limit.
 */
final class ProtobufInput {
  private static final int MAXIMUM_TEXT_LENGTH = 1 << 16;

  private final CodedInputStream input;

  /** What to do with one field. It must read or skip the field's value. */
  @FunctionalInterface
  interface Fields {
    void read(int tag) throws IOException;
  }

  ProtobufInput(InputStream stream, int length) throws IOException {
    input = CodedInputStream.newInstance(stream);
    input.setSizeLimit(Integer.MAX_VALUE);
    input.pushLimit(length);
  }

  /** The tag of a field that holds bytes, a text, a message or packed numbers. */
  static int bytes(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /** The tag of a field that holds an integer. */
  static int number(int field) {
    return field << 3 | WireFormat.WIRETYPE_VARINT;
  }

  /** The tag of a field that holds four bytes. */
  static int fixed32(int field) {
    return field << 3 | WireFormat.WIRETYPE_FIXED32;
  }

  /** The tag of a field that holds eight bytes. */
  static int fixed64(int field) {
    return field << 3 | WireFormat.WIRETYPE_FIXED64;
  }

  /** Reads the fields up to the end of the message that is open. */
  void fields(Fields fields) throws IOException {
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      fields.read(tag);
    }
    if (input.getBytesUntilLimit() != 0) {
      throw truncated();
    }
  }

  /** Reads a message that is a field's value. */
  void message(Fields fields) throws IOException {
    int outer = input.pushLimit(input.readRawVarint32());
    fields(fields);
    input.popLimit(outer);
  }

  long readNumber() throws IOException {
    return input.readInt64();
  }

  /** Reads packed numbers one after the other. */
  void packedNumbers(Fields each) throws IOException {
    int outer = input.pushLimit(input.readRawVarint32());
    while (input.getBytesUntilLimit() > 0) {
      each.read(0);
    }
    input.popLimit(outer);
  }

  /** Skips a field's bytes and says how many they were. */
  int skipBytes() throws IOException {
    int length = input.readRawVarint32();
    if (length < 0 || length > input.getBytesUntilLimit()) {
      throw truncated();
    }
    input.skipRawBytes(length);
    return length;
  }

  String readText() throws IOException {
    int length = input.readRawVarint32();
    if (length < 0 || length > input.getBytesUntilLimit()) {
      throw truncated();
    }
    if (length > MAXIMUM_TEXT_LENGTH) {
      throw new StoreException.InvalidOnnx(
          "the file has a name of " + length + " bytes; the limit is " + MAXIMUM_TEXT_LENGTH);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(input.readRawBytes(length)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new StoreException.InvalidOnnx("the file has a name that is not UTF-8");
    }
  }

  /** Skips a field of which nothing is needed. */
  void skip(int tag) throws IOException {
    int wireType = WireFormat.getTagWireType(tag);
    if (wireType == WireFormat.WIRETYPE_START_GROUP || wireType == WireFormat.WIRETYPE_END_GROUP) {
      throw new StoreException.InvalidOnnx(
          "the file has a protobuf group, which ONNX does not use");
    }
    if (wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      skipBytes();
    } else {
      input.skipField(tag);
    }
  }

  private static IOException truncated() {
    return new InvalidProtocolBufferException("a field is longer than what is left of the file");
  }
}
