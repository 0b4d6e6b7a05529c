package ai.opengradient.store.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.opengradient.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node's attributes, by name and as what they are meant to be. */
public final class Attributes {
  private final Map<String, AttributeProto> byName;
  private final Map<String, Graph> graphs;
  private final Map<String, GraphTensor> tensors = new HashMap<>();

  /**
   * @param graphs the attributes that are graphs, read already
   */
  Attributes(Map<String, AttributeProto> byName, Map<String, Graph> graphs) {
    this.byName = Map.copyOf(byName);
    this.graphs = graphs;
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** An integer, or the standard where there is none. */
  public long integer(String name, long standard) {
    return find(name, AttributeType.INT).map(AttributeProto::getI).orElse(standard);
  }

  /** Whether an integer is not zero. */
  public boolean flag(String name, boolean standard) {
    return integer(name, standard ? 1 : 0) != 0;
  }

  /** A number, or the standard where there is none. */
  public float number(String name, float standard) {
    return find(name, AttributeType.FLOAT).map(AttributeProto::getF).orElse(standard);
  }

  public String text(String name, String standard) {
    return find(name, AttributeType.STRING)
        .map(attribute -> attribute.getS().toString(StandardCharsets.UTF_8))
        .orElse(standard);
  }

  /** Nothing where there is no such attribute. */
  public Optional<List<Long>> integers(String name) {
    return find(name, AttributeType.INTS).map(AttributeProto::getIntsList);
  }

  /** Nothing where there is no such attribute. */
  public Optional<List<Float>> numbers(String name) {
    return find(name, AttributeType.FLOATS).map(AttributeProto::getFloatsList);
  }

  /** None where there is no such attribute. */
  public List<String> texts(String name) {
    return find(name, AttributeType.STRINGS)
        .map(attribute ->
            attribute.getStringsList().stream()
                .map(text -> text.toString(StandardCharsets.UTF_8))
                .toList())
        .orElse(List.of());
  }

  /** Nothing where there is no such attribute; else the same one each time. */
  public Optional<GraphTensor> tensor(String name) {
    return find(name, AttributeType.TENSOR)
        .map(attribute -> tensors.computeIfAbsent(name, _ -> TensorReader.read(attribute.getT())));
  }

  /**
   * The graph inside the node.
   *
   * @throws StoreException.InvalidOnnx if there is none
   */
  public Graph graph(String name) {
    Graph graph = graphs.get(name);
    if (graph == null) {
      throw new StoreException.InvalidOnnx("the graph '" + name + "' is missing");
    }
    return graph;
  }

  private Optional<AttributeProto> find(String name, AttributeType type) {
    AttributeProto attribute = byName.get(name);
    if (attribute == null) {
      return Optional.empty();
    }
    // Files of the first format don't state the kind.
    AttributeType stated =
        attribute.getType() == AttributeType.UNDEFINED ? type : attribute.getType();
    if (!attribute.getRefAttrName().isEmpty() || stated != type) {
      throw new StoreException.InvalidOnnx(
          "the attribute '" + name + "' is not of the kind " + type);
    }
    return Optional.of(attribute);
  }
}
