package ai.opengradient.examples;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A constant of a graph whose elements are asked for only when the file is written: hundreds of
 * megabytes pass through a small buffer.
 *
 * @param header name, type and shape
 * @param length of the elements, in bytes
 * @param elements writes them
 */
record StoredTensor(TensorProto header, int length, Elements elements) {
  /** What the tensor takes in the graph, its tag and length included. */
  int sizeInGraph() {
    int size = size();
    return CodedOutputStream.computeTagSize(GraphProto.INITIALIZER_FIELD_NUMBER)
        + CodedOutputStream.computeUInt32SizeNoTag(size)
        + size;
  }

  void writeTo(CodedOutputStream coded, OutputStream below) throws IOException {
    coded.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    coded.writeUInt32NoTag(size());
    header.writeTo(coded);
    coded.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    coded.writeUInt32NoTag(length);
    coded.flush();
    elements.writeTo(below);
  }

  /** The header of the tensor, whose elements are in another file from the offset on. */
  TensorProto apart(String location, long offset) {
    return header.toBuilder()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", Long.toString(offset)))
        .addExternalData(entry("length", Integer.toString(length)))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private int size() {
    return header.getSerializedSize()
        + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
        + CodedOutputStream.computeUInt32SizeNoTag(length)
        + length;
  }
}
