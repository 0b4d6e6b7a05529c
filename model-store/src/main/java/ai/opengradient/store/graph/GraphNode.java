package ai.opengradient.store.graph;

import java.util.List;

/**
 * An operator at work.
 *
 * @param name as the file has it, possibly empty
 * @param domain empty for ONNX's main one
 * @param inputs names of values; an empty one is left out
 * @param outputs names of values; an empty one is not wanted
 */
public record GraphNode(
    String name,
    String domain,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Attributes attributes) {
  public GraphNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** For people: the operator and what the file calls the node, or its first output. */
  public String label() {
    String called = name.isEmpty() && !outputs.isEmpty() ? outputs.getFirst() : name;
    return operator + " '" + called + "'";
  }
}
