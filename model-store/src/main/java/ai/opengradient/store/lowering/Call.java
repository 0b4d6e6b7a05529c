package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.store.graph.Attributes;
import ai.opengradient.store.graph.Graph;
import ai.opengradient.store.graph.GraphNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** A node that is being lowered: what it is given, and what to lower it with. */
final class Call {
  /** Shapes, axes and the like are short. */
  private static final int MAXIMUM_INTEGERS = 1 << 16;

  private final GraphNode node;
  private final int opset;
  private final List<Optional<Value>> inputs;
  private final TensorBuilder tensors;
  private final BiFunction<Graph, List<Value>, List<Value>> subgraphs;

  /**
   * @param inputs nothing for one that is left out
   * @param subgraphs lowers a graph inside the node, with values for its inputs
   */
  Call(
      GraphNode node,
      int opset,
      List<Optional<Value>> inputs,
      TensorBuilder tensors,
      BiFunction<Graph, List<Value>, List<Value>> subgraphs) {
    this.node = node;
    this.opset = opset;
    this.inputs = inputs;
    this.tensors = tensors;
    this.subgraphs = subgraphs;
  }

  /** The same with another input. */
  Call with(int number, Value value) {
    List<Optional<Value>> others =
        new ArrayList<>(inputs.subList(0, Math.min(number, inputs.size())));
    while (others.size() < number) {
      others.add(Optional.empty());
    }
    others.add(Optional.of(value));
    if (number + 1 < inputs.size()) {
      others.addAll(inputs.subList(number + 1, inputs.size()));
    }
    return new Call(node, opset, others, tensors, subgraphs);
  }

  /** The version of the operators' meaning. */
  int opset() {
    return opset;
  }

  TensorBuilder tensors() {
    return tensors;
  }

  Attributes attributes() {
    return node.attributes();
  }

  /** The outputs of a graph inside the node. */
  List<Value> run(String graph, List<Value> values) {
    return subgraphs.apply(attributes().graph(graph), values);
  }

  int inputCount() {
    return inputs.size();
  }

  int outputCount() {
    return node.outputs().size();
  }

  boolean wantsOutput(int number) {
    return number < outputCount() && !node.outputs().get(number).isEmpty();
  }

  /** An input that must be there. */
  Value input(int number) {
    return optional(number)
        .orElseThrow(() -> new LoweringFailure.Invalid("input " + number + " is missing"));
  }

  Optional<Value> optional(int number) {
    return number < inputs.size() ? inputs.get(number) : Optional.empty();
  }

  /** All inputs, none of which may be left out. */
  List<Value> all() {
    return from(0);
  }

  /** The inputs from one on, none of which may be left out. */
  List<Value> from(int first) {
    List<Value> values = new ArrayList<>();
    for (int number = first; number < inputs.size(); number++) {
      values.add(input(number));
    }
    return values;
  }

  /** The elements of an input that are stretched, as an element of a formula. */
  Formula formula(int number) {
    return Formula.of(input(number));
  }

  /**
   * The integers of an input that must be constant.
   *
   * @param what it is to the operator, for people
   */
  List<Long> integers(int number, String what) {
    return integers(input(number), what);
  }

  /** The integers of an input that must be constant; nothing if it is left out. */
  Optional<List<Long>> optionalIntegers(int number, String what) {
    return optional(number).map(value -> integers(value, what));
  }

  private List<Long> integers(Value value, String what) {
    if ((value.dataType() != DataType.INT64 && value.dataType() != DataType.INT32)
        || value.count() > MAXIMUM_INTEGERS) {
      throw new LoweringFailure.Invalid(
          what
              + " must be at most "
              + MAXIMUM_INTEGERS
              + " integers, not "
              + value.dataType().label()
              + value.shape());
    }
    List<Long> integers = new ArrayList<>();
    for (long element : tensors.elements(what, value)) {
      integers.add(element);
    }
    return integers;
  }

  /** One integer of an input that must be constant. */
  long integer(int number, String what) {
    List<Long> integers = integers(number, what);
    if (integers.size() != 1) {
      throw new LoweringFailure.Invalid(what + " must be one number");
    }
    return integers.getFirst();
  }

  /** What is an input since some version, and an attribute of the same name before it. */
  Optional<List<Long>> integersSince(int version, int number, String attribute) {
    return opset >= version
        ? optionalIntegers(number, attribute)
        : attributes().integers(attribute);
  }

  /** The element type that an attribute names. */
  DataType dataType(String attribute, DataType standard) {
    return attributes().has(attribute) ? dataType(attributes().integer(attribute, 0)) : standard;
  }

  private static DataType dataType(long code) {
    try {
      return DataType.fromCode(Math.toIntExact(code));
    } catch (TensorException.InvalidType e) {
      throw new LoweringFailure.Unsupported(String.valueOf(e.getMessage()));
    }
  }

  /** An axis that an attribute names, counted from the front. */
  int axis(long standard, int rank) {
    return Shapes.axis(attributes().integer("axis", standard), rank);
  }
}
