package ai.opengradient.store.lowering;

import java.util.List;
import java.util.Optional;

/** LSTM: gates in the order input, output, forget, cell; states are the output and the cell. */
final class LongShortTermMemory implements RecurrentCell {
  private static final int PEEPHOLES = 7;
  private static final int INPUT_GATE = 0;
  private static final int OUTPUT_GATE = 1;
  private static final int FORGET_GATE = 2;
  private static final int CELL_GATE = 3;

  private final Optional<Value> peepholes;
  private final boolean couplesForget;
  private final RecurrentActivations activations;

  private LongShortTermMemory(Call call) {
    peepholes = call.optional(PEEPHOLES);
    couplesForget = call.attributes().flag("input_forget", false);
    activations = new RecurrentActivations(call, List.of("Sigmoid", "Tanh", "Tanh"));
  }

  static void addTo(OperatorTable table) {
    table.addMany("LSTM", call -> Recurrence.outputs(call, new LongShortTermMemory(call)));
  }

  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public List<Value> next(RecurrentGates gates, int step, List<Value> state) {
    Value all = gates.atStep(step, state.getFirst(), 0, gates());
    Formula cell = Formula.of(state.getLast());
    int direction = gates.direction();
    Formula in = activations.apply(direction, 0, peeking(gates, all, INPUT_GATE, cell));
    Formula kept =
        couplesForget
            ? Formula.number(1).minus(in)
            : activations.apply(direction, 0, peeking(gates, all, FORGET_GATE, cell));
    Formula fresh = activations.apply(direction, 1, gates.gate(all, CELL_GATE));
    Value nextCell = gates.tensors().map(gates.shape(), kept.times(cell).plus(in.times(fresh)));
    Formula out =
        activations.apply(direction, 0, peeking(gates, all, OUTPUT_GATE, Formula.of(nextCell)));
    Formula shown = activations.apply(direction, 2, Formula.of(nextCell));
    return List.of(gates.tensors().map(gates.shape(), out.times(shown)), nextCell);
  }

  /** A gate that also sees the cell, if there are peepholes: one weight for each hidden unit. */
  private Formula peeking(RecurrentGates gates, Value all, int number, Formula cell) {
    Formula gate = gates.gate(all, number);
    return peepholes
        .map(weights ->
            gate.plus(
                Formula.of(
                        weights,
                        List.of(
                            Access.at(gates.direction()),
                            Access.along(1).shifted(number * gates.hidden())))
                    .times(cell)))
        .orElse(gate);
  }
}
