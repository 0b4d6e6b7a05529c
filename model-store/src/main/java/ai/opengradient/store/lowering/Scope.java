package ai.opengradient.store.lowering;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.graph.Graph;
import ai.opengradient.store.graph.GraphNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run through a graph: its values so far, and the scope of the graph around it. */
final class Scope {
  private final Graph graph;
  private final Optional<Scope> outer;
  private final Map<String, Value> values = new HashMap<>();
  private final Set<GraphNode> open = new HashSet<>();

  Scope(Graph graph, Optional<Scope> outer) {
    this.graph = graph;
    this.outer = outer;
  }

  Graph graph() {
    return graph;
  }

  void define(String name, Value value) {
    values.put(name, value);
  }

  Optional<Value> known(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The innermost scope in which the name has a meaning. */
  Scope owner(String name) {
    for (Optional<Scope> scope = Optional.of(this); scope.isPresent(); scope = scope.get().outer) {
      if (scope.get().defines(name)) {
        return scope.get();
      }
    }
    throw new StoreException.InvalidOnnx("nothing defines the value '" + name + "'");
  }

  private boolean defines(String name) {
    return values.containsKey(name) || graph.producer(name).isPresent() || graph.hasConstant(name);
  }

  /** Marks a node whose operands are being lowered. */
  void open(GraphNode node) {
    if (!open.add(node)) {
      throw new StoreException.InvalidOnnx(node.label() + " depends on its own output");
    }
  }

  void close(GraphNode node) {
    open.remove(node);
  }
}
