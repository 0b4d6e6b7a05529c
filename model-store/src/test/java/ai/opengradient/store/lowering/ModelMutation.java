package ai.opengradient.store.lowering;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes something in a model that keeps it well-formed, but hardly ever valid. */
final class ModelMutation {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    3,
    7,
    -2,
    100,
    65_536,
    65_537,
    1L << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 31,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final float[] FLOATS = {
    0, 1, -1, 0.5f, 1e-30f, 1e30f, 3e9f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
  };

  private static final int[] TYPES = {1, 2, 3, 6, 7, 9, 10, 11, 8, 0};
  private static final int NEWEST_OPSET = 27;

  private final Random random;
  private final List<String> operators;
  private final GraphProto.Builder graph;

  private ModelMutation(Random random, List<String> operators, GraphProto.Builder graph) {
    this.random = random;
    this.operators = operators;
    this.graph = graph;
  }

  /** The model with one to three changes. */
  static ModelProto of(ModelProto model, Random random, List<String> operators) {
    ModelProto.Builder builder = model.toBuilder();
    ModelMutation mutation = new ModelMutation(random, operators, builder.getGraphBuilder());
    for (int change = random.nextInt(3); change >= 0; change--) {
      if (random.nextInt(20) == 0 && builder.getOpsetImportCount() > 0) {
        builder.getOpsetImportBuilder(0).setVersion(1 + random.nextInt(NEWEST_OPSET));
      } else {
        mutation.change();
      }
    }
    return builder.build();
  }

  private void change() {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> changeAttribute();
      case 3 -> changeWires();
      case 4 -> changeConstant();
      case 5 -> changeInput();
      case 6 -> changeOperator();
      default -> changeNodes();
    }
  }

  private long number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private NodeProto.Builder node() {
    if (graph.getNodeCount() == 0) {
      graph.addNode(NodeProto.newBuilder().setOpType("Identity").addOutput("made"));
    }
    return graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
  }

  private void changeAttribute() {
    NodeProto.Builder node = node();
    if (node.getAttributeCount() == 0) {
      return;
    }
    int place = random.nextInt(node.getAttributeCount());
    AttributeProto.Builder attribute = node.getAttributeBuilder(place);
    switch (attribute.getType()) {
      case INT -> attribute.setI(number());
      case FLOAT -> attribute.setF(FLOATS[random.nextInt(FLOATS.length)]);
      case INTS -> changeList(attribute);
      case STRING -> attribute.setS(ByteString.copyFromUtf8("other"));
      case TENSOR -> change(attribute.getTBuilder());
      case GRAPH -> new ModelMutation(random, operators, attribute.getGBuilder()).change();
      default -> node.removeAttribute(place);
    }
  }

  private void changeList(AttributeProto.Builder attribute) {
    if (attribute.getIntsCount() == 0 || random.nextInt(4) == 0) {
      attribute.addInts(number());
    } else {
      attribute.setInts(random.nextInt(attribute.getIntsCount()), number());
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(List.of("", "nowhere"));
    graph.getInputList().forEach(input -> names.add(input.getName()));
    graph.getInitializerList().forEach(constant -> names.add(constant.getName()));
    graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
    return names;
  }

  private void changeWires() {
    NodeProto.Builder node = node();
    List<String> names = names();
    String name = names.get(random.nextInt(names.size()));
    if (node.getInputCount() == 0 || random.nextInt(4) == 0) {
      node.addInput(name);
    } else {
      node.setInput(random.nextInt(node.getInputCount()), name);
    }
  }

  private void changeConstant() {
    if (graph.getInitializerCount() > 0) {
      change(graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount())));
    }
  }

  private void change(TensorProto.Builder tensor) {
    switch (random.nextInt(4)) {
      case 0 -> tensor.setDataType(TYPES[random.nextInt(TYPES.length)]);
      case 1 -> {
        if (tensor.getDimsCount() > 0) {
          tensor.setDims(random.nextInt(tensor.getDimsCount()), number());
        }
      }
      case 2 -> tensor.setRawData(tensor.getRawData().concat(ByteString.copyFrom(new byte[8])));
      default -> changeElement(tensor);
    }
  }

  private void changeElement(TensorProto.Builder tensor) {
    byte[] data = tensor.getRawData().toByteArray();
    if (data.length >= Long.BYTES) {
      int at = random.nextInt(data.length / Long.BYTES) * Long.BYTES;
      ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putLong(at, number());
      tensor.setRawData(ByteString.copyFrom(data));
    }
  }

  private void changeInput() {
    if (graph.getInputCount() == 0) {
      return;
    }
    TypeProto.Tensor.Builder type =
        graph
            .getInputBuilder(random.nextInt(graph.getInputCount()))
            .getTypeBuilder()
            .getTensorTypeBuilder();
    TensorShapeProto.Builder shape = type.getShapeBuilder();
    switch (random.nextInt(4)) {
      case 0 -> type.setElemType(TYPES[random.nextInt(TYPES.length)]);
      case 1 -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(number()));
      case 2 -> {
        if (shape.getDimCount() > 0) {
          shape.removeDim(random.nextInt(shape.getDimCount()));
        }
      }
      default -> {
        if (shape.getDimCount() > 0) {
          shape.getDimBuilder(random.nextInt(shape.getDimCount())).setDimValue(number());
        }
      }
    }
  }

  private void changeOperator() {
    node().setOpType(operators.get(random.nextInt(operators.size())));
  }

  private void changeNodes() {
    if (random.nextBoolean()) {
      graph.addNode(node().clone().setName("again"));
    } else if (graph.getNodeCount() > 1) {
      graph.removeNode(random.nextInt(graph.getNodeCount()));
    }
  }
}
