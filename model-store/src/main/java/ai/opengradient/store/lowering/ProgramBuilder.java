package ai.opengradient.store.lowering;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Caps;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Renumbering;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Collects nodes while a graph is lowered. What depends on constants only is computed at once;
 * equal nodes are one node; what no output needs is left out in the end.
 */
final class ProgramBuilder {
  /** A node once the positions of its operands are known. */
  @FunctionalInterface
  interface Template {
    Node.Computed at(List<Integer> positions);
  }

  /** What a position holds. A constant's commitment is not computed before the end. */
  private sealed interface Definition {
    record OfNode(Node node) implements Definition {}

    record OfConstant(WholeTensor tensor) implements Definition {}
  }

  private record Computation(Node.Computed node, List<Source> operands) {}

  private final ConstantArithmetic arithmetic;
  private final List<Definition> definitions = new ArrayList<>();
  private final List<String> origins = new ArrayList<>();
  private final Map<Definition, Integer> known = new HashMap<>();
  private final Map<Source.Constant, Integer> constants = new HashMap<>();
  private final Map<Computation, Source.Constant> computed = new HashMap<>();
  private String origin = "";

  ProgramBuilder(ConstantArithmetic arithmetic) {
    this.arithmetic = arithmetic;
  }

  ConstantArithmetic arithmetic() {
    return arithmetic;
  }

  /** What the nodes that follow come from. */
  void setOrigin(String origin) {
    this.origin = origin;
  }

  /** Adds an input of the job; all of them come before any other node. */
  Source input(DataType type, int count, int number) {
    return new Source.Defined(define(new Definition.OfNode(new Node.Input(type, count, number))));
  }

  /**
   * Adds a node, or computes it if its operands are constants.
   *
   * @param operands in the order of the node's
   */
  Source add(List<Source> operands, Template template) {
    if (operands.stream().allMatch(Source.Constant.class::isInstance)) {
      return compute(operands, template.at(Collections.nCopies(operands.size(), 0)));
    }
    Node.Computed node = template.at(operands.stream().map(this::position).toList());
    // Too long a descriptor must be found while it is known what it comes from.
    Descriptor.of(node);
    return new Source.Defined(define(new Definition.OfNode(node)));
  }

  private Source.Constant compute(List<Source> operands, Node.Computed node) {
    Computation computation = new Computation(node, List.copyOf(operands));
    Source.Constant known = computed.get(computation);
    if (known != null) {
      return known;
    }
    List<WholeTensor> tensors =
        operands.stream().map(operand -> ((Source.Constant) operand).tensor()).toList();
    Source.Constant constant = new Source.Constant(arithmetic.compute(node, tensors));
    computed.put(computation, constant);
    return constant;
  }

  private int position(Source source) {
    return switch (source) {
      case Source.Defined defined -> defined.position();
      case Source.Constant constant -> {
        Integer position = constants.get(constant);
        if (position == null) {
          position = define(new Definition.OfConstant(constant.tensor()));
          constants.put(constant, position);
        }
        yield position;
      }
      case Source.Nothing nothing -> throw new IllegalStateException("there are no elements");
    };
  }

  private int define(Definition definition) {
    Integer same = known.get(definition);
    if (same != null) {
      return same;
    }
    int position = definitions.size();
    if (position == Caps.NODES) {
      throw new LoweringFailure.Unsupported(
          "the program gets more than " + Caps.NODES + " nodes; make the model smaller");
    }
    definitions.add(definition);
    origins.add(origin);
    known.put(definition, position);
    return position;
  }

  /** The inputs that a value is computed from, by number. */
  SortedSet<Integer> inputsOf(Source source) {
    SortedSet<Integer> inputs = new TreeSet<>();
    if (source instanceof Source.Defined defined) {
      needed(List.of(defined.position())).stream()
          .forEach(position -> {
            if (definitions.get(position) instanceof Definition.OfNode(Node.Input input)) {
              inputs.add(input.input());
            }
          });
    }
    return inputs;
  }

  /** The positions that are needed for some, these included. */
  private BitSet needed(Collection<Integer> positions) {
    BitSet needed = new BitSet();
    positions.forEach(needed::set);
    for (int at = needed.length() - 1; at >= 0; at = needed.previousSetBit(at - 1)) {
      if (definitions.get(at) instanceof Definition.OfNode(Node node)) {
        node.operands().forEach(operand -> needed.set(operand.node()));
      }
    }
    return needed;
  }

  /** What has been built: a program, what its nodes come from, and the data of its weights. */
  record Result(Program program, List<String> origins, SequencedMap<Hash, ByteBuffer> weights) {}

  /** The program with these outputs. Inputs stay even if nothing needs them. */
  Result finish(List<Source> outputs) {
    List<Integer> wanted = outputs.stream().map(this::position).toList();
    List<Node> nodes = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    SequencedMap<Hash, ByteBuffer> weights = new LinkedHashMap<>();
    Map<Integer, Integer> moved = new HashMap<>();
    BitSet needed = needed(wanted);
    for (int position = 0; position < definitions.size(); position++) {
      Definition definition = definitions.get(position);
      if (needed.get(position) || definition instanceof Definition.OfNode(Node.Input input)) {
        moved.put(position, nodes.size());
        nodes.add(
            switch (definition) {
              case Definition.OfNode(Node node) -> Renumbering.of(node, moved);
              case Definition.OfConstant(WholeTensor tensor) -> weight(tensor, weights);
            });
        kept.add(origins.get(position));
      }
    }
    return new Result(new Program(nodes, wanted.stream().map(moved::get).toList()), kept, weights);
  }

  private static Node.Weight weight(WholeTensor tensor, Map<Hash, ByteBuffer> weights) {
    Hash root = TensorTree.root(tensor.data());
    // Zeros at the end of a leaf are no part of the root: who has the longest has them all.
    weights.merge(
        root, tensor.data(), (one, other) -> one.remaining() >= other.remaining() ? one : other);
    return new Node.Weight(tensor.dataType(), tensor.count(), root);
  }
}
