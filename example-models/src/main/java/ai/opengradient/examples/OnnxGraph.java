package ai.opengradient.examples;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes an ONNX graph of the standard domain, node by node, in the order of the calls; the same
 * calls give the same bytes.
 *
 * <p>Each method that adds something returns its name, for the nodes that read it.
 */
public final class OnnxGraph {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  /** Smaller constants stay in the file itself; bytes. */
  private static final int LEAST_APART = 1024;

  private final GraphProto.Builder nodes;
  private final GraphProto.Builder signature = GraphProto.newBuilder();
  private final List<StoredTensor> constants = new ArrayList<>();

  public OnnxGraph(String name) {
    nodes = GraphProto.newBuilder().setName(name);
  }

  public String input(String name, DataType type, long... shape) {
    return input(name, type, allFixed(shape));
  }

  /** An input with dimensions that the caller chooses, or may choose. */
  public String input(String name, DataType type, Dimension... shape) {
    signature.addInput(value(name, type, shape));
    return name;
  }

  /** A dimension whose size each call gives. */
  public static Dimension open(String name) {
    return Dimension.newBuilder().setDimParam(name).build();
  }

  /** A dimension of one size. */
  public static Dimension fixed(long size) {
    return Dimension.newBuilder().setDimValue(size).build();
  }

  public void output(String name, DataType type, long... shape) {
    signature.addOutput(value(name, type, allFixed(shape)));
  }

  /**
   * Makes every value that a node computes an output, so that a run shows what happens inside. The
   * new outputs state no type: runtimes infer it.
   */
  public void outputEverything() {
    Set<String> known = new HashSet<>();
    signature.getOutputList().forEach(output -> known.add(output.getName()));
    for (NodeProto node : nodes.getNodeList()) {
      for (String output : node.getOutputList()) {
        if (!output.isEmpty() && known.add(output)) {
          signature.addOutput(ValueInfoProto.newBuilder().setName(output));
        }
      }
    }
  }

  /** A constant float32 tensor, row-major. */
  public String weights(String name, float[] values, long... shape) {
    byte[] raw = new byte[values.length * Float.BYTES];
    elements(raw).asFloatBuffer().put(values);
    return constant(name, DataType.FLOAT, raw, shape);
  }

  /** A constant int64 tensor, row-major. */
  public String integers64(String name, long[] values, long... shape) {
    byte[] raw = new byte[values.length * Long.BYTES];
    elements(raw).asLongBuffer().put(values);
    return constant(name, DataType.INT64, raw, shape);
  }

  /** A constant int32 tensor, row-major. */
  public String integers32(String name, int[] values, long... shape) {
    byte[] raw = new byte[values.length * Integer.BYTES];
    elements(raw).asIntBuffer().put(values);
    return constant(name, DataType.INT32, raw, shape);
  }

  /** A constant tensor of one of ONNX's types, given by its raw bytes. */
  public String constant(String name, DataType type, byte[] raw, long... shape) {
    return constant(name, type, raw.length, stream -> stream.write(raw), shape);
  }

  /**
   * A constant tensor whose elements are made when the file is written.
   *
   * @param length of the elements, in bytes
   */
  public String constant(String name, DataType type, int length, Elements elements, long... shape) {
    TensorProto header =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(List.of(box(shape)))
            .build();
    constants.add(new StoredTensor(header, length, elements));
    return name;
  }

  /** A node with one output, which has the node's name. */
  public String node(
      String name, String operator, List<String> inputs, AttributeProto... attributes) {
    node(name, operator, inputs, List.of(name), attributes);
    return name;
  }

  /** A node with its outputs' names; an empty one stands for an output that nobody reads. */
  public void node(
      String name,
      String operator,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    nodes.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
  }

  public static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeType.INT).setI(value).build();
  }

  public static AttributeProto integers(String name, long... values) {
    return attribute(name, AttributeType.INTS).addAllInts(List.of(box(values))).build();
  }

  public static AttributeProto decimal(String name, float value) {
    return attribute(name, AttributeType.FLOAT).setF(value).build();
  }

  public static AttributeProto text(String name, String value) {
    return attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  /** The finished file. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes the finished file, without holding it in memory.
   *
   * @throws IOException if the file can't be written
   */
  public void writeTo(Path file) throws IOException {
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
      writeTo(stream);
    }
  }

  /**
   * Writes the finished file with its larger constants in another one beside it, as files above
   * protobuf's limit of 2 GiB have to be.
   *
   * @throws IOException if a file can't be written
   */
  public void writeTo(Path file, Path data) throws IOException {
    GraphProto.Builder apart = nodes.clone();
    List<StoredTensor> within = new ArrayList<>();
    long offset = 0;
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(data))) {
      for (StoredTensor constant : constants) {
        if (constant.length() < LEAST_APART) {
          within.add(constant);
        } else {
          apart.addInitializer(constant.apart(data.getFileName().toString(), offset));
          constant.elements().writeTo(stream);
          offset += constant.length();
        }
      }
    }
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
      write(apart.build(), within, stream);
    }
  }

  private void writeTo(OutputStream stream) throws IOException {
    write(nodes.build(), constants, stream);
  }

  /** In the order of the fields' numbers, as protobuf itself would. */
  private void write(GraphProto first, List<StoredTensor> within, OutputStream stream)
      throws IOException {
    GraphProto last = signature.build();
    int length = Math.addExact(first.getSerializedSize(), last.getSerializedSize());
    for (StoredTensor constant : within) {
      length = Math.addExact(length, constant.sizeInGraph());
    }

    CodedOutputStream coded = CodedOutputStream.newInstance(stream);
    ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("opg-example-models")
        .build()
        .writeTo(coded);
    coded.writeTag(ModelProto.GRAPH_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    coded.writeUInt32NoTag(length);
    first.writeTo(coded);
    for (StoredTensor constant : within) {
      constant.writeTo(coded, stream);
    }
    last.writeTo(coded);
    ModelProto.newBuilder()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .build()
        .writeTo(coded);
    coded.flush();
  }

  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static ByteBuffer elements(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Dimension[] allFixed(long[] shape) {
    Dimension[] dimensions = new Dimension[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      dimensions[axis] = fixed(shape[axis]);
    }
    return dimensions;
  }

  private static ValueInfoProto value(String name, DataType type, Dimension[] shape) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(TensorShapeProto.newBuilder().addAllDim(List.of(shape)))))
        .build();
  }

  private static Long[] box(long[] values) {
    Long[] boxed = new Long[values.length];
    for (int index = 0; index < values.length; index++) {
      boxed[index] = values[index];
    }
    return boxed;
  }
}
