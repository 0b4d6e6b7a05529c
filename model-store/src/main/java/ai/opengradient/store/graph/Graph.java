package ai.opengradient.store.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Nodes and constants with what goes in and what comes out. Only what the outputs need counts, and
 * the order in which a file lists nodes and constants plays no part.
 */
public final class Graph {
  private final List<String> inputs;
  private final List<String> outputs;
  private final Map<String, TensorProto> constants;
  private final Map<String, GraphNode> producers = new HashMap<>();
  private final Map<String, GraphTensor> read = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final SequencedSet<String> captured = new LinkedHashSet<>();

  /**
   * @throws StoreException.InvalidOnnx if a value is defined twice
   */
  Graph(
      List<GraphNode> nodes,
      List<String> inputs,
      List<String> outputs,
      Map<String, TensorProto> constants) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.constants = Map.copyOf(constants);
    Set<String> defined = new HashSet<>(constants.keySet());
    inputs.forEach(input -> requireNew(defined, input));
    for (GraphNode node : nodes) {
      for (String output : node.outputs()) {
        if (!output.isEmpty()) {
          requireNew(defined, output);
          producers.put(output, node);
        }
      }
    }
    walk();
  }

  private static void requireNew(Set<String> defined, String name) {
    if (!defined.add(name)) {
      throw new StoreException.InvalidOnnx("the value '" + name + "' is defined twice");
    }
  }

  /** Goes from the outputs to all that they need, depth first, operands in their order. */
  private void walk() {
    Set<String> given = new HashSet<>(inputs);
    Set<String> seen = new HashSet<>();
    Set<GraphNode> counted = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    pushAll(open, outputs);
    outputs.forEach(this::use);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (name.isEmpty() || !seen.add(name)) {
        continue;
      }
      GraphNode node = producers.get(name);
      if (node == null) {
        if (!given.contains(name) && !constants.containsKey(name)) {
          captured.add(name);
        }
      } else if (counted.add(node)) {
        pushAll(open, node.captured());
        pushAll(open, node.inputs());
        node.captured().forEach(this::use);
        node.inputs().forEach(this::use);
      }
    }
  }

  private static void pushAll(Deque<String> open, List<String> names) {
    names.reversed().forEach(open::push);
  }

  private void use(String name) {
    uses.merge(name, 1, Integer::sum);
  }

  /** What a caller gives; constants that older files list among the inputs don't count. */
  public List<String> inputs() {
    return inputs;
  }

  /** Names of values. */
  public List<String> outputs() {
    return outputs;
  }

  /** The node that defines a value, if a node does. */
  public Optional<GraphNode> producer(String name) {
    return Optional.ofNullable(producers.get(name));
  }

  public boolean hasConstant(String name) {
    return constants.containsKey(name);
  }

  /**
   * The constant of this name, if the graph has one; the same one each time.
   *
   * @throws StoreException.UnsupportedOnnx if its element type is none of the protocol's
   */
  public Optional<GraphTensor> constant(String name) {
    return Optional.ofNullable(constants.get(name))
        .map(constant -> read.computeIfAbsent(name, _ -> TensorReader.read(constant)));
  }

  /** How often a value is read by what the outputs need, or is an output itself. */
  public int uses(String name) {
    return uses.getOrDefault(name, 0);
  }

  /**
   * The values of graphs around this one that its outputs need, in the order of their first use.
   */
  public List<String> captured() {
    return List.copyOf(captured);
  }
}
