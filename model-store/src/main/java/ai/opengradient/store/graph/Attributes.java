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
  private final Map<String, AttributeProto> byName = new HashMap<>();

  Attributes(List<AttributeProto> attributes) {
    for (AttributeProto attribute : attributes) {
      if (byName.put(attribute.getName(), attribute) != null) {
        throw new StoreException.InvalidOnnx("the attribute '" + attribute.getName() + "' is there twice");
      }
    }
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
        .map(
            attribute ->
                attribute.getStringsList().stream()
                    .map(text -> text.toString(StandardCharsets.UTF_8))
                    .toList())
        .orElse(List.of());
  }

  /** Nothing where there is no such attribute. */
  public Optional<GraphTensor> tensor(String name) {
    return find(name, AttributeType.TENSOR).map(attribute -> TensorReader.read(attribute.getT()));
  }

  /** Nothing where there is no such attribute. */
  public Optional<Graph> graph(String name) {
    return find(name, AttributeType.GRAPH).map(attribute -> GraphReader.graph(attribute.getG()));
  }

  private Optional<AttributeProto> find(String name, AttributeType type) {
    AttributeProto attribute = byName.get(name);
    if (attribute == null) {
      return Optional.empty();
    }
    if (!attribute.getRefAttrName().isEmpty() || attribute.getType() != type) {
      throw new StoreException.InvalidOnnx("the attribute '" + name + "' is not of the kind " + type);
    }
    return Optional.of(attribute);
  }
}
