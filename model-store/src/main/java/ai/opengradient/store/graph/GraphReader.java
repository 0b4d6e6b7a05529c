package ai.opengradient.store.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.store.onnx.OnnxSummary;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads an ONNX file whole, after {@link OnnxReader} has looked through it: so the graphs inside
 * nodes are nested a few levels at most.
 */
public final class GraphReader {
  static final int MAXIMUM_NODES = 200_000;
  private static final String MAIN_DOMAIN = "ai.onnx";

  private int nodes;

  private GraphReader() {}

  /**
   * The model in a file. Later changes of the bytes change the model.
   *
   * @throws StoreException.InvalidOnnx if it is not ONNX or contradicts itself
   * @throws StoreException.UnsupportedOnnx if it asks for what is refused
   */
  public static OnnxModel read(OnnxFile file) {
    OnnxSummary summary = file.summary();
    try {
      // Constants stay where they are in the file's bytes until they are needed.
      CodedInputStream stream = UnsafeByteOperations.unsafeWrap(file.bytes()).newCodedInput();
      stream.enableAliasing(true);
      GraphProto graph =
          FunctionInliner.inline(ExternalConstants.inside(ModelProto.parseFrom(stream), file));
      return new OnnxModel(
          new GraphReader().graph(graph), summary.opsets().getOrDefault(MAIN_DOMAIN, 0L), summary);
    } catch (IOException e) {
      throw new StoreException.InvalidOnnx("the file is not ONNX: " + e.getMessage());
    }
  }

  private Graph graph(GraphProto graph) {
    nodes += graph.getNodeCount();
    if (nodes > MAXIMUM_NODES) {
      throw new StoreException.UnsupportedOnnx(
          "the model has more than " + MAXIMUM_NODES + " nodes; split it");
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw new StoreException.UnsupportedOnnx(
          "the model has sparse constants; save them as dense ones");
    }
    Map<String, TensorProto> constants = new HashMap<>();
    for (TensorProto constant : graph.getInitializerList()) {
      if (constants.put(constant.getName(), constant) != null) {
        throw new StoreException.InvalidOnnx(
            "two constants are called '" + constant.getName() + "'");
      }
    }
    return new Graph(
        graph.getNodeList().stream().map(this::node).toList(),
        graph.getInputList().stream()
            .map(ValueInfoProto::getName)
            .filter(name -> !constants.containsKey(name))
            .toList(),
        graph.getOutputList().stream().map(ValueInfoProto::getName).toList(),
        constants);
  }

  private GraphNode node(NodeProto node) {
    Map<String, AttributeProto> attributes = new HashMap<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attributes.put(attribute.getName(), attribute) != null) {
        throw new StoreException.InvalidOnnx(
            "node '" + node.getName() + "' has two attributes '" + attribute.getName() + "'");
      }
    }
    SortedMap<String, Graph> graphs = graphs(attributes);
    return new GraphNode(
        node.getName(),
        plainDomain(node.getDomain()),
        node.getOpType(),
        node.getInputList(),
        node.getOutputList(),
        new Attributes(attributes, graphs),
        captured(graphs));
  }

  /** ONNX's main domain has two names, of which the empty one is the plain one. */
  static String plainDomain(String domain) {
    return domain.equals(MAIN_DOMAIN) ? "" : domain;
  }

  private SortedMap<String, Graph> graphs(Map<String, AttributeProto> attributes) {
    SortedMap<String, Graph> graphs = new TreeMap<>();
    attributes.forEach((name, attribute) -> {
      if (attribute.getType() == AttributeType.GRAPH) {
        graphs.put(name, graph(attribute.getG()));
      }
    });
    return graphs;
  }

  /** By the attributes' names, which have a meaning, not by their order in the file. */
  private static List<String> captured(SortedMap<String, Graph> graphs) {
    SequencedSet<String> names = new LinkedHashSet<>();
    graphs.values().forEach(graph -> names.addAll(graph.captured()));
    return List.copyOf(names);
  }
}
