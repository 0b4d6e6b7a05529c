package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * LinearAttention, unrolled: a state of keys by values, which each step lets decay, corrects,
 * writes and reads.
 *
 * <p>Source: ONNX, LinearAttention, version 27.
 */
final class LinearAttention {
  private final Call call;
  private final TensorBuilder tensors;
  private final Value queries;
  private final Value keys;
  private final Value values;
  private final Optional<Value> decay;
  private final Optional<Value> rate;

  private LinearAttention(Call call) {
    this.call = call;
    tensors = call.tensors();
    long keyHeads = call.attributes().integer("kv_num_heads", 0);
    Value ofQueries =
        Heads.unpacked(tensors, call.input(0), call.attributes().integer("q_num_heads", 0));
    keys = Heads.unpacked(tensors, call.input(1), keyHeads);
    values = Heads.unpacked(tensors, call.input(2), keyHeads);
    queries = Heads.grouped(tensors, ofQueries, keys.dimension(1));
    String rule = call.attributes().text("update_rule", "gated_delta");
    decay = rule.startsWith("gated") ? Optional.of(gate(4, keyHeads)) : Optional.empty();
    rate = rule.endsWith("delta") ? Optional.of(gate(5, 1)) : Optional.empty();
    if (!List.of("linear", "gated", "delta", "gated_delta").contains(rule)) {
      throw new LoweringFailure.Invalid("there is no update_rule '" + rule + "'");
    }
  }

  static void addTo(OperatorTable table) {
    table.addMany("LinearAttention", call -> new LinearAttention(call).outputs());
  }

  /** [batch, steps, heads·n] as [batch, heads, steps, n], where one head may stand for all. */
  private Value gate(int input, long heads) {
    Value gate = call.input(input);
    boolean isPerHead = gate.rank() == 3 && gate.dimension(2) == keys.dimension(1);
    return Heads.unpacked(tensors, gate, isPerHead ? keys.dimension(1) : heads);
  }

  private int keySize() {
    return keys.dimension(3);
  }

  private List<Integer> stateShape() {
    return List.of(keys.dimension(0), keys.dimension(1), keySize(), values.dimension(3));
  }

  private List<Value> outputs() {
    Value state = call.optional(3).orElseGet(() -> tensors.map(stateShape(), Formula.number(0)));
    List<Value> read = new ArrayList<>();
    for (int step = 0; step < keys.dimension(2); step++) {
      state = next(state, step);
      read.add(read(state, step));
    }
    if (read.isEmpty()) {
      throw new LoweringFailure.Unsupported("there are no steps; leave it out");
    }
    // [batch, steps, groups, queries of a group, size]
    Value all = tensors.stacked(read, 1);
    List<Integer> packed =
        List.of(
            all.dimension(0), all.dimension(1), Shapes.product(all.shape().subList(2, all.rank())));
    return List.of(tensors.reshaped(all, packed), state);
  }

  /** One step of a tensor [batch, heads, steps, n], along an axis of the state. */
  private static Formula at(Value value, int step, int axis) {
    Access along = value.dimension(3) == 1 ? Access.at(0) : Access.along(axis);
    Access head = value.dimension(1) == 1 ? Access.at(0) : Access.along(1);
    return Formula.of(value, List.of(Access.along(0), head, Access.at(step), along));
  }

  private Value next(Value before, int step) {
    Value state =
        decay
            .map(gate ->
                tensors.map(
                    stateShape(), Formula.of(before).times(at(gate, step, 2).exponential())))
            .orElse(before);
    Formula written =
        rate.map(gate -> corrected(state, gate, step)).orElseGet(() -> at(values, step, 3));
    return tensors.map(stateShape(), Formula.of(state).plus(at(keys, step, 2).times(written)));
  }

  /** The value less what the key reads already, times the rate. */
  private Formula corrected(Value state, Value gate, int step) {
    Value known =
        tensors.fold(
            FoldRequest.dot(
                DataType.FLOAT32,
                List.of(state.dimension(0), state.dimension(1), state.dimension(3)),
                List.of(keySize()),
                new Reading(
                    keys,
                    List.of(Access.along(0), Access.along(1), Access.at(step), Access.along(3))),
                new Reading(
                    state,
                    List.of(Access.along(0), Access.along(1), Access.along(3), Access.along(2)))));
    Formula read = Formula.of(known, List.of(Access.along(0), Access.along(1), Access.along(3)));
    return at(gate, step, 3).times(at(values, step, 3).minus(read));
  }

  /** What the queries read, of the shape [batch, groups, queries of a group, size]. */
  private Value read(Value state, int step) {
    double standard = 1 / Math.sqrt(keySize());
    float stated = call.attributes().number("scale", 0);
    Value products =
        tensors.fold(
            FoldRequest.dot(
                DataType.FLOAT32,
                List.of(
                    queries.dimension(0),
                    queries.dimension(1),
                    queries.dimension(2),
                    state.dimension(3)),
                List.of(keySize()),
                new Reading(
                    queries,
                    List.of(
                        Access.along(0),
                        Access.along(1),
                        Access.along(2),
                        Access.at(step),
                        Access.along(4))),
                new Reading(
                    state,
                    List.of(Access.along(0), Access.along(1), Access.along(4), Access.along(3)))));
    return tensors.elementwise(
        Formula.of(products).times(Formula.number(stated == 0 ? standard : stated)));
  }
}
