package ai.opengradient.store.graph;

import java.util.List;

/** An operator at work. Two nodes are equal only if they are the same. */
public final class GraphNode {
  private final String name;
  private final String domain;
  private final String operator;
  private final List<String> inputs;
  private final List<String> outputs;
  private final Attributes attributes;
  private final List<String> captured;

  /**
   * @param captured the values around the node that the graphs inside it need
   */
  GraphNode(
      String name,
      String domain,
      String operator,
      List<String> inputs,
      List<String> outputs,
      Attributes attributes,
      List<String> captured) {
    this.name = name;
    this.domain = domain;
    this.operator = operator;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.attributes = attributes;
    this.captured = List.copyOf(captured);
  }

  /** Empty for ONNX's main one. */
  public String domain() {
    return domain;
  }

  public String operator() {
    return operator;
  }

  /** Names of values; an empty one is left out. */
  public List<String> inputs() {
    return inputs;
  }

  /** Names of values; an empty one is not wanted. */
  public List<String> outputs() {
    return outputs;
  }

  public Attributes attributes() {
    return attributes;
  }

  /** The values around the node that the graphs inside it need. */
  public List<String> captured() {
    return captured;
  }

  /** For people: the operator and what the file calls the node, or its first output. */
  public String label() {
    String called = name.isEmpty() && !outputs.isEmpty() ? outputs.getFirst() : name;
    return operator + " '" + called + "'";
  }
}
