package ai.opengradient.store.lowering;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.evaluation.ElementRule;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects nodes while a graph is lowered. What depends on constants only is computed at once, in the
 * canonical arithmetic; equal nodes are one node; what no output needs is left out in the end.
 */
final class ProgramBuilder {
  /** A constant has no node before the end: only then its commitment is needed. */
  private record Definition(@Nullable Node node, @Nullable WholeTensor constant, String origin) {}

  private final List<Definition> definitions = new ArrayList<>();
  private final Map<Node, Integer> known = new HashMap<>();
  private String origin = "";

  /** What the nodes that follow come from. */
  void setOrigin(String origin) {
    this.origin = origin;
  }

  /** Adds the job's input. */
  int input(Node.Input input) {
    return known.computeIfAbsent(input, node -> define(new Definition(node, null, origin)));
  }

  /** Adds a constant: big-endian data in the order of storage. */
  int constant(DataType type, int count, ByteBuffer data) {
    return define(new Definition(null, new WholeTensor(type, count, data), origin));
  }

  /** Adds a node whose operands are positions in here. */
  int add(Node.Computed node) {
    Integer same = known.get(node);
    if (same != null) {
      return same;
    }
    boolean isConstant = node.operands().stream().allMatch(operand -> isConstant(operand.node()));
    if (!isConstant) {
      // Too long a descriptor is a mistake of ours that must not wait for the end.
      Descriptor.of(node);
    }
    int position =
        define(
            isConstant
                ? new Definition(null, computed(node), origin)
                : new Definition(node, null, origin));
    known.put(node, position);
    return position;
  }

  private int define(Definition definition) {
    definitions.add(definition);
    return definitions.size() - 1;
  }

  boolean isConstant(int position) {
    return definitions.get(position).constant() != null;
  }

  /** A constant's tensor, or null. */
  @Nullable WholeTensor constant(int position) {
    return definitions.get(position).constant();
  }
}
