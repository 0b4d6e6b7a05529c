package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Optional;

/**
 * The gates of one direction, before any activation.
 *
 * @param fromInput what the input gives to them at each step, biases added, of shape [steps, batch,
 *     gates·hidden]
 * @param weights of the state, of shape [gates·hidden, hidden]
 * @param biases of the input, then of the state, of shape [2·gates·hidden]
 * @param direction its number
 */
record RecurrentGates(
    TensorBuilder tensors, Value fromInput, Value weights, Value biases, int direction) {
  int hidden() {
    return weights.dimension(1);
  }

  List<Integer> shape() {
    return List.of(fromInput.dimension(1), hidden());
  }

  /** What the input gives to one gate at a step. */
  Formula fromInput(int step, int gate) {
    return Formula.of(inputAt(step, gate));
  }

  /** What the input gives at a step to the gates from one on. */
  private Reading inputAt(int step, int firstGate) {
    Access row = Access.along(1).shifted(firstGate * hidden());
    return new Reading(fromInput, List.of(Access.at(step), Access.along(0), row));
  }

  /** Some gates at a step: what the input gives and what the state gives. */
  Value atStep(int step, Value state, int firstGate, int count) {
    return product(state, firstGate, count, inputAt(step, firstGate));
  }

  /** What the state gives to a gate, with the gate's bias of the state. */
  Value fromState(Value state, int gate) {
    Access row = Access.along(1).shifted(weights.dimension(0) + gate * hidden());
    return product(state, gate, 1, new Reading(biases, List.of(row)));
  }

  private Value product(Value state, int firstGate, int count, Reading addend) {
    int rows = count * hidden();
    return tensors.fold(
        FoldRequest.dot(
                DataType.FLOAT32,
                List.of(state.dimension(0), rows),
                List.of(hidden()),
                new Reading(state, List.of(Access.along(0), Access.along(2))),
                new Reading(
                    tensors.part(weights, 0, firstGate * hidden(), rows),
                    List.of(Access.along(1), Access.along(2))))
            .plus(Optional.of(addend)));
  }

  /** One of several gates side by side. */
  Formula gate(Value gates, int number) {
    return Formula.of(gates, List.of(Access.along(0), Access.along(1).shifted(number * hidden())));
  }
}
