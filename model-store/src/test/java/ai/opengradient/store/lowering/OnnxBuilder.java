package ai.opengradient.store.lowering;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.opengradient.canon.tensor.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Writes ONNX models for tests, in the order of the calls. */
final class OnnxBuilder {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private long opset = OPSET;

  OnnxBuilder opset(long version) {
    opset = version;
    return this;
  }

  OnnxBuilder input(String name, DataType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  OnnxBuilder output(String name, DataType type, long... shape) {
    graph.addOutput(value(name, type, shape));
    return this;
  }

  OnnxBuilder floats(String name, float[] elements, long... shape) {
    ByteBuffer data = littleEndian(elements.length * Float.BYTES);
    data.asFloatBuffer().put(elements);
    return constant(tensor(name, DataType.FLOAT32, data, shape));
  }

  OnnxBuilder integers(String name, long... elements) {
    return constant(int64(name, elements, elements.length));
  }

  /** Elements of one byte each. */
  OnnxBuilder bytes(String name, DataType type, byte[] elements, long... shape) {
    return constant(tensor(name, type, ByteBuffer.wrap(elements), shape));
  }

  /** Seeded weights, which neither vanish nor grow from layer to layer. */
  OnnxBuilder weights(String name, Random random, long terms, long... shape) {
    float[] elements = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
    double scale = Math.sqrt(2.0 / terms);
    for (int index = 0; index < elements.length; index++) {
      elements[index] = (float) (random.nextGaussian() * scale);
    }
    return floats(name, elements, shape);
  }

  OnnxBuilder constant(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  /** A node whose only output has its name. */
  OnnxBuilder node(
      String name, String operator, List<String> inputs, AttributeProto... attributes) {
    return node(operator, inputs, List.of(name), attributes);
  }

  OnnxBuilder node(
      String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(outputs.getFirst())
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  GraphProto graph() {
    return graph.build();
  }

  ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build();
  }

  byte[] file() {
    return model().toByteArray();
  }

  // Attributes.

  static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto integerList(String name, long... values) {
    return attribute(name, AttributeType.INTS)
        .addAllInts(Arrays.stream(values).boxed().toList())
        .build();
  }

  static AttributeProto number(String name, float value) {
    return attribute(name, AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto subgraph(String name, GraphProto value) {
    return attribute(name, AttributeType.GRAPH).setG(value).build();
  }

  static AttributeProto constantOf(String name, TensorProto value) {
    return attribute(name, AttributeType.TENSOR).setT(value).build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  // Tensors.

  static TensorProto int64(String name, long[] elements, long... shape) {
    ByteBuffer data = littleEndian(elements.length * Long.BYTES);
    data.asLongBuffer().put(elements);
    return tensor(name, DataType.INT64, data, shape);
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  static TensorProto tensor(String name, DataType type, ByteBuffer data, long... shape) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(type.code())
        .addAllDims(Arrays.stream(shape).boxed().toList())
        .setRawData(ByteString.copyFrom(data))
        .build();
  }

  private static ValueInfoProto value(String name, DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long dimension : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.code()).setShape(dimensions)))
        .build();
  }
}
