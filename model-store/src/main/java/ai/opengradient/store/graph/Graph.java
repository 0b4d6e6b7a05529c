package ai.opengradient.store.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes and constants, in any order, with what goes in and what comes out. */
public final class Graph {
  private final List<GraphNode> nodes;
  private final List<GraphInput> inputs;
  private final List<String> outputs;
  private final Map<String, TensorProto> constants;

  Graph(
      List<GraphNode> nodes,
      List<GraphInput> inputs,
      List<String> outputs,
      Map<String, TensorProto> constants) {
    this.nodes = List.copyOf(nodes);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.constants = Map.copyOf(constants);
  }

  /** As the file has them. */
  public List<GraphNode> nodes() {
    return nodes;
  }

  /** What a caller gives; constants that older files list among the inputs don't count. */
  public List<GraphInput> inputs() {
    return inputs;
  }

  /** Names of values. */
  public List<String> outputs() {
    return outputs;
  }

  /**
   * The constant of this name, if the graph has one.
   *
   * @throws ai.opengradient.store.StoreException.UnsupportedOnnx if its element type is none of the
   *     protocol's
   */
  public Optional<GraphTensor> constant(String name) {
    return Optional.ofNullable(constants.get(name)).map(TensorReader::read);
  }
}
