package ai.opengradient.store.lowering;

import java.util.List;

/** RNN: one gate, which is the next state. */
final class SimpleRecurrence implements RecurrentCell {
  private final RecurrentActivations activations;

  private SimpleRecurrence(Call call) {
    activations = new RecurrentActivations(call, List.of("Tanh"));
  }

  static void addTo(OperatorTable table) {
    table.addMany("RNN", call -> Recurrence.outputs(call, new SimpleRecurrence(call)));
  }

  @Override
  public int gates() {
    return 1;
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public List<Value> next(RecurrentGates gates, int step, List<Value> state) {
    Formula gate = Formula.of(gates.atStep(step, state.getFirst(), 0, 1));
    return List.of(
        gates.tensors().map(gates.shape(), activations.apply(gates.direction(), 0, gate)));
  }
}
