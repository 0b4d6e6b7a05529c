package ai.opengradient.store.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.onnx.OnnxReader;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an ONNX file whole, after {@link OnnxReader} has looked through it. */
public final class GraphReader {
  private static final int NODES_AT_MOST = 200_000;
  private static final Set<String> MAIN_DOMAINS = Set.of("", "ai.onnx");

  private GraphReader() {}

  /**
   * The model in a file.
   *
   * @throws StoreException.InvalidOnnx if it is not ONNX or contradicts itself
   * @throws StoreException.UnsupportedOnnx if it asks for what is refused
   */
  public static OnnxModel read(byte[] file) {
    OnnxReader.read(file);
    try {
      CodedInputStream stream = CodedInputStream.newInstance(file);
      // Constants stay where they are in the file's bytes until they are needed.
      stream.enableAliasing(true);
      ModelProto model = ModelProto.parseFrom(stream);
      return new OnnxModel(graph(model.getGraph()), opset(model));
    } catch (IOException e) {
      throw new StoreException.InvalidOnnx("the file is not ONNX: " + e.getMessage());
    }
  }

  private static int opset(ModelProto model) {
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (MAIN_DOMAINS.contains(set.getDomain())) {
        if (set.getVersion() < 1 || set.getVersion() > Short.MAX_VALUE) {
          throw new StoreException.UnsupportedOnnx(
              "there is no operator set " + set.getVersion() + " of ONNX");
        }
        return (int) set.getVersion();
      }
    }
    return 1;
  }

  static Graph graph(GraphProto graph) {
    if (graph.getNodeCount() > NODES_AT_MOST) {
      throw new StoreException.UnsupportedOnnx(
          "the graph has " + graph.getNodeCount() + " nodes, above " + NODES_AT_MOST);
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw new StoreException.UnsupportedOnnx(
          "the graph has sparse constants; save them dense");
    }
    Map<String, TensorProto> constants = new HashMap<>();
    for (TensorProto constant : graph.getInitializerList()) {
      if (constants.put(constant.getName(), constant) != null) {
        throw new StoreException.InvalidOnnx("two constants are called '" + constant.getName() + "'");
      }
    }
    List<GraphInput> inputs = new ArrayList<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (!constants.containsKey(input.getName())) {
        inputs.add(input(input));
      }
    }
    List<GraphNode> nodes = graph.getNodeList().stream().map(GraphReader::node).toList();
    requireSingleAssignment(nodes, inputs, constants.keySet());
    List<String> outputs = graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    return new Graph(nodes, inputs, outputs, constants);
  }

  /** Every value is defined once. */
  private static void requireSingleAssignment(
      List<GraphNode> nodes, List<GraphInput> inputs, Set<String> constants) {
    Set<String> defined = new HashSet<>(constants);
    for (GraphInput input : inputs) {
      requireNew(defined, input.name());
    }
    for (GraphNode node : nodes) {
      for (String output : node.outputs()) {
        if (!output.isEmpty()) {
          requireNew(defined, output);
        }
      }
    }
  }

  private static void requireNew(Set<String> defined, String name) {
    if (!defined.add(name)) {
      throw new StoreException.InvalidOnnx("the value '" + name + "' is defined twice");
    }
  }

  private static GraphInput input(ValueInfoProto input) {
    var tensor = input.getType().getTensorType();
    List<GraphInput.Dimension> dimensions = new ArrayList<>();
    for (TensorShapeProto.Dimension dimension : tensor.getShape().getDimList()) {
      dimensions.add(
          new GraphInput.Dimension(
              dimension.hasDimValue() ? dimension.getDimValue() : -1, dimension.getDimParam()));
    }
    return new GraphInput(input.getName(), tensor.getElemType(), dimensions);
  }

  private static GraphNode node(NodeProto node) {
    return new GraphNode(
        node.getName(),
        MAIN_DOMAINS.contains(node.getDomain()) ? "" : node.getDomain(),
        node.getOpType(),
        node.getInputList(),
        node.getOutputList(),
        new Attributes(node.getAttributeList()));
  }
}
