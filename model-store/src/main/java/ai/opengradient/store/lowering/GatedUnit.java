package ai.opengradient.store.lowering;

import java.util.List;

/** GRU: gates in the order update, reset, hidden. */
final class GatedUnit implements RecurrentCell {
  private static final int UPDATE_GATE = 0;
  private static final int RESET_GATE = 1;
  private static final int HIDDEN_GATE = 2;

  private final boolean resetsAfterwards;
  private final RecurrentActivations activations;

  private GatedUnit(Call call) {
    resetsAfterwards = call.attributes().flag("linear_before_reset", false);
    activations = new RecurrentActivations(call, List.of("Sigmoid", "Tanh"));
  }

  static void addTo(OperatorTable table) {
    table.addMany("GRU", call -> Recurrence.outputs(call, new GatedUnit(call)));
  }

  @Override
  public int gates() {
    return 3;
  }

  @Override
  public int states() {
    return 1;
  }

  /** What is reset after the product has its bias there. */
  @Override
  public Formula addend(Value biases, int hidden) {
    Formula both = RecurrentCell.super.addend(biases, hidden);
    if (!resetsAfterwards) {
      return both;
    }
    Formula isHidden = Formula.integer((long) HIDDEN_GATE * hidden).isAtMost(Formula.index(0));
    return isHidden.choose(Formula.of(biases, List.of(Access.along(0))), both);
  }

  @Override
  public List<Value> next(RecurrentGates gates, int step, List<Value> states) {
    Value state = states.getFirst();
    int direction = gates.direction();
    Value both = gates.atStep(step, state, UPDATE_GATE, 2);
    Formula reset = activations.apply(direction, 0, gates.gate(both, RESET_GATE));
    Formula hidden;
    if (resetsAfterwards) {
      Formula fromState = Formula.of(gates.fromState(state, HIDDEN_GATE));
      hidden = gates.fromInput(step, HIDDEN_GATE).plus(reset.times(fromState));
    } else {
      Value kept = gates.tensors().map(gates.shape(), reset.times(Formula.of(state)));
      hidden = Formula.of(gates.atStep(step, kept, HIDDEN_GATE, 1));
    }
    Formula fresh = activations.apply(direction, 1, hidden);
    Formula update = activations.apply(direction, 0, gates.gate(both, UPDATE_GATE));
    Formula next =
        Formula.number(1).minus(update).times(fresh).plus(update.times(Formula.of(state)));
    return List.of(gates.tensors().map(gates.shape(), next));
  }
}
