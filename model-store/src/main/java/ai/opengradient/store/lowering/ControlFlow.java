package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.graph.Attributes;
import ai.opengradient.store.graph.Graph;
import java.util.ArrayList;
import java.util.List;

/**
 * Graphs inside nodes: the branch that a constant condition takes, and loops whose number of turns
 * is known, turn by turn.
 */
final class ControlFlow {
  private ControlFlow() {}

  static void addTo(OperatorTable table) {
    table.addMany("If", ControlFlow::branch);
    table.addMany("Loop", ControlFlow::loop);
    table.addMany("Scan", ControlFlow::scan);
  }

  /** The graph that a condition takes. */
  static Graph branch(Attributes attributes, boolean condition) {
    return attributes.graph(name(condition));
  }

  private static String name(boolean condition) {
    return condition ? "then_branch" : "else_branch";
  }

  static boolean isTrue(TensorBuilder tensors, Value condition) {
    long[] elements = tensors.elements("the condition", condition);
    if (elements.length != 1 || condition.dataType() != DataType.BOOL) {
      throw new LoweringFailure.Invalid("the condition must be one bool");
    }
    return elements[0] != 0;
  }

  private static List<Value> branch(Call call) {
    return call.run(name(isTrue(call.tensors(), call.input(0))), List.of());
  }

  /**
   * Its inputs are the greatest number of turns, a condition and the state; its graph takes the
   * turn's number, the condition and the state, and gives the condition, the state and what is
   * collected.
   */
  private static List<Value> loop(Call call) {
    TensorBuilder tensors = call.tensors();
    long most =
        call.optional(0).isPresent() ? call.integer(0, "the number of turns") : Long.MAX_VALUE;
    boolean goesOn = call.optional(1).map(value -> isTrue(tensors, value)).orElse(true);
    Value condition = tensors.scalar(DataType.BOOL, 1);
    List<Value> state = call.from(Math.min(2, call.inputCount()));
    List<List<Value>> collected = new ArrayList<>();
    for (long turn = 0; goesOn && turn < most; turn++) {
      List<Value> given = new ArrayList<>();
      given.add(tensors.scalar(DataType.INT64, turn));
      given.add(condition);
      given.addAll(state);
      List<Value> results = call.run("body", given);
      condition = results.getFirst();
      goesOn = isTrue(tensors, condition);
      state = results.subList(1, 1 + state.size());
      collected.add(results.subList(1 + state.size(), results.size()));
    }
    return Shapes.join(state, stacked(call, collected, call.outputCount() - state.size()));
  }

  /** What each turn gave, one behind the other along a new first axis. */
  static List<Value> stacked(Call call, List<List<Value>> collected, int count) {
    if (count > 0 && collected.isEmpty()) {
      throw new LoweringFailure.Unsupported(
          "it collects nothing, as it has no turns; leave the loop out");
    }
    List<Value> stacks = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      int output = number;
      stacks.add(
          call.tensors().stacked(collected.stream().map(turn -> turn.get(output)).toList(), 0));
    }
    return stacks;
  }

  /** One turn for each place along an axis of its scanned inputs. */
  private static List<Value> scan(Call call) {
    return call.opset() < 9 ? Scan.ofBatch(call) : new Scan(call).outputs();
  }
}
