package ai.opengradient.store.onnx;

import java.io.IOException;

/**
 * A key with its value.
 *
 * <p>Source: {@code StringStringEntryProto} of ONNX (onnx.proto).
 */
record TextEntry(String key, String value) {
  private static final int KEY = 1;
  private static final int VALUE = 2;

  /** Reads the message that comes next. */
  static TextEntry read(ProtobufInput input) throws IOException {
    var fields =
        new ProtobufInput.Fields() {
          private String key = "";
          private String value = "";

          @Override
          public void read(int tag) throws IOException {
            if (tag == ProtobufInput.bytes(KEY)) {
              key = input.readText();
            } else if (tag == ProtobufInput.bytes(VALUE)) {
              value = input.readText();
            } else {
              input.skip(tag);
            }
          }
        };
    input.message(fields);
    return new TextEntry(fields.key, fields.value);
  }
}
