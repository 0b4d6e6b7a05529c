package ai.opengradient.worker.cli;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** A seven in soft strokes, 0 for paper to 255 for ink, as people's programs would save it. */
record DrawnDigit(Tensor tensor) {
  static final int DIGIT = 7;

  /** Corners in a square from (0, 0), top left, to (1, 1). */
  private static final double[][] CORNERS = {{.27, .2}, {.72, .2}, {.44, .82}};

  private static final double HALF_WIDTH = .045;

  /**
   * Draws it.
   *
   * @param type float32 or uint8, [1,1,size,size]
   */
  static DrawnDigit of(TensorType type) {
    int size = type.shape().get(3);
    ByteBuffer elements = ByteBuffer.allocate(Math.toIntExact(type.byteLength()));
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double ink = ink((column + .5) / size, (row + .5) / size, 1.0 / size);
        if (type.dataType() == DataType.FLOAT32) {
          elements.putFloat((float) (255 * ink));
        } else {
          elements.put((byte) Math.round(255 * ink));
        }
      }
    }
    return new DrawnDigit(new Tensor(type, elements.flip()));
  }

  private static double ink(double x, double y, double pixel) {
    double distance =
        Math.min(distance(x, y, CORNERS[0], CORNERS[1]), distance(x, y, CORNERS[1], CORNERS[2]));
    return Math.clamp(1 - (distance - HALF_WIDTH) / pixel, 0, 1);
  }

  private static double distance(double x, double y, double[] from, double[] to) {
    double alongX = to[0] - from[0];
    double alongY = to[1] - from[1];
    double part =
        ((x - from[0]) * alongX + (y - from[1]) * alongY) / (alongX * alongX + alongY * alongY);
    double nearest = Math.clamp(part, 0, 1);
    return Math.hypot(x - from[0] - nearest * alongX, y - from[1] - nearest * alongY);
  }

  /** In NumPy's format, version 1. */
  void writeNumpy(Path file) throws IOException {
    String shape = String.join(", ", tensor.type().shape().stream().map(String::valueOf).toList());
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n"
            .formatted(tensor.type().dataType() == DataType.FLOAT32 ? "<f4" : "|u1", shape);
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + text.length + Math.toIntExact(tensor.type().byteLength()))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(HexFormat.of().parseHex("934e554d50590100")).putShort((short) text.length).put(text);
    bytes.put(littleEndian());
    Files.write(file, bytes.array());
  }

  /** As ONNX's {@code TensorProto}. */
  void writeProto(Path file) throws IOException {
    List<Long> dimensions = tensor.type().shape().stream().map(Integer::longValue).toList();
    TensorProto proto =
        TensorProto.newBuilder()
            .setDataType(tensor.type().dataType().code())
            .addAllDims(dimensions)
            .setRawData(ByteString.copyFrom(littleEndian()))
            .build();
    Files.write(file, proto.toByteArray());
  }

  private byte[] littleEndian() {
    ByteBuffer source = tensor.bytes();
    ByteBuffer target = ByteBuffer.allocate(source.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    while (source.hasRemaining()) {
      if (tensor.type().dataType() == DataType.FLOAT32) {
        target.putInt(source.getInt());
      } else {
        target.put(source.get());
      }
    }
    return target.array();
  }
}
