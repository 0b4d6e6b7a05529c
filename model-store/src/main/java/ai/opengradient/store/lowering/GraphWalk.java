package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.ProgramException;
import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.graph.Graph;
import ai.opengradient.store.graph.GraphNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lowers the nodes of graphs on demand: those that a value needs, depth first, operands in their
 * order. So the order of the program's nodes follows from the structure alone. Nothing recurses but
 * into graphs inside nodes, which the reader lets nest a few levels only: what they need of the
 * graphs around them has been lowered before.
 */
final class GraphWalk {
  /** Nodes that may be lowered, those in loops once a turn, and turns. */
  private static final int MAXIMUM_STEPS = 1 << 18;

  /** A node that waits for operands. */
  private static final class Visit {
    private final Scope scope;
    private final GraphNode node;
    private final Deque<String> wanted;
    private boolean hasAsked;

    Visit(Scope scope, GraphNode node, List<String> wanted) {
      this.scope = scope;
      this.node = node;
      this.wanted = new ArrayDeque<>(wanted);
    }
  }

  private final ProgramBuilder program;
  private final TensorBuilder tensors;
  private final int opset;
  private int steps;

  GraphWalk(ProgramBuilder program, int opset) {
    this.program = program;
    this.opset = opset;
    tensors = new TensorBuilder(program);
  }

  TensorBuilder tensors() {
    return tensors;
  }

  /**
   * The value of this name.
   *
   * @throws StoreException if a node on the way can't be lowered
   */
  Value value(Scope scope, String name) {
    Deque<Visit> visits = new ArrayDeque<>();
    visit(scope, name).ifPresent(visits::push);
    while (!visits.isEmpty()) {
      Visit visit = visits.peek();
      Optional<Visit> missing = missing(visit);
      if (missing.isPresent()) {
        visits.push(missing.get());
      } else {
        lower(visit);
        visits.pop();
      }
    }
    return scope.owner(name).known(name).orElseThrow();
  }

  /** What has to be visited for a value; nothing if it is known. */
  private Optional<Visit> visit(Scope scope, String name) {
    Scope owner = scope.owner(name);
    if (owner.known(name).isPresent()) {
      return Optional.empty();
    }
    Optional<GraphNode> producer = owner.graph().producer(name);
    if (producer.isEmpty()) {
      owner.define(name, tensors.given(owner.graph().constant(name).orElseThrow()));
      return Optional.empty();
    }
    GraphNode node = producer.get();
    owner.open(node);
    return Optional.of(new Visit(owner, node, Dependencies.first(owner.graph(), node)));
  }

  private Optional<Visit> missing(Visit visit) {
    while (true) {
      while (!visit.wanted.isEmpty()) {
        Optional<Visit> missing = visit(visit.scope, visit.wanted.poll());
        if (missing.isPresent()) {
          return missing;
        }
      }
      if (visit.hasAsked) {
        return Optional.empty();
      }
      visit.hasAsked = true;
      visit.wanted.addAll(
          translated(visit.node, () -> Dependencies.second(visit.scope, visit.node, this::isTrue)));
    }
  }

  private boolean isTrue(Value condition) {
    return ControlFlow.isTrue(tensors, condition);
  }

  private void lower(Visit visit) {
    GraphNode node = visit.node;
    count(node);
    program.setOrigin(node.label());
    List<Value> values = translated(node, () -> lowered(visit.scope, node));
    for (int output = 0; output < node.outputs().size(); output++) {
      String name = node.outputs().get(output);
      if (!name.isEmpty()) {
        if (output >= values.size()) {
          throw new StoreException.InvalidOnnx(node.label() + " has no output " + output);
        }
        visit.scope.define(name, values.get(output));
      }
    }
    visit.scope.close(node);
  }

  private void count(GraphNode node) {
    if (++steps > MAXIMUM_STEPS) {
      throw new StoreException.UnsupportedOnnx(
          node.label()
              + ": the model has more than "
              + MAXIMUM_STEPS
              + " nodes and turns of loops; make the loops shorter");
    }
  }

  private List<Value> lowered(Scope scope, GraphNode node) {
    Optional<GraphNode> convolution = Dependencies.foldedConvolution(scope, node);
    if (convolution.isPresent()) {
      return NormalisedConvolution.lower(call(scope, convolution.get()), call(scope, node));
    }
    Operator operator = operator(node);
    if (operator == null) {
      throw new LoweringFailure.Unsupported(
          RefusedOperators.reason(node.domain(), node.operator()));
    }
    return operator.lower(call(scope, node));
  }

  /** What somebody does for a node, who does not know which node it is if it can't be done. */
  private <T> T translated(GraphNode node, Supplier<T> task) {
    try {
      return task.get();
    } catch (LoweringFailure.Unsupported | StoreException.UnsupportedOnnx e) {
      throw new StoreException.UnsupportedOnnx(node.label() + ": " + e.getMessage());
    } catch (LoweringFailure.Invalid | StoreException.InvalidOnnx e) {
      throw new StoreException.InvalidOnnx(node.label() + ": " + e.getMessage());
    } catch (LoweringFailure.NotConstant e) {
      SortedSet<Integer> inputs = program.inputsOf(e.value().source());
      throw new UnboundValue(node.label() + ": " + e.getMessage(), inputs);
    } catch (ArithmeticException e) {
      throw new StoreException.InvalidOnnx(node.label() + " has sizes that nothing can have");
    } catch (IndexOutOfBoundsException | NoSuchElementException e) {
      // No operator checks all that could be missing in a file of a stranger.
      throw new StoreException.InvalidOnnx(
          node.label() + " has too few axes, operands or elements for what it is to do");
    } catch (ProgramException e) {
      throw failure(node, e);
    }
  }

  private @Nullable Operator operator(GraphNode node) {
    if (!node.domain().isEmpty()) {
      return null;
    }
    return opset < EarlyOperators.END
        ? EarlyOperators.find(node.operator())
        : Operators.find(node.operator());
  }

  private static StoreException failure(GraphNode node, ProgramException e) {
    String message = node.label() + ": " + e.getMessage();
    return e.fault() == Fault.WRONG_TYPE
        ? new StoreException.InvalidOnnx(message)
        : new StoreException.UnsupportedOnnx(message);
  }

  private Call call(Scope scope, GraphNode node) {
    List<Optional<Value>> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      inputs.add(name.isEmpty() ? Optional.empty() : scope.owner(name).known(name));
    }
    return new Call(
        node, opset, inputs, tensors, (graph, values) -> run(scope, node, graph, values));
  }

  /** The outputs of a graph inside a node. */
  private List<Value> run(Scope scope, GraphNode node, Graph graph, List<Value> values) {
    if (graph.inputs().size() != values.size()) {
      throw new LoweringFailure.Invalid(
          "its graph takes " + graph.inputs().size() + " inputs, not " + values.size());
    }
    count(node);
    Scope inner = new Scope(graph, Optional.of(scope));
    for (int input = 0; input < values.size(); input++) {
      inner.define(graph.inputs().get(input), values.get(input));
    }
    List<Value> outputs = graph.outputs().stream().map(name -> value(inner, name)).toList();
    program.setOrigin(node.label());
    return outputs;
  }
}
