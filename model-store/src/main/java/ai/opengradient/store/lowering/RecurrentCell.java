package ai.opengradient.store.lowering;

import java.util.List;

/** What differs between LSTM, GRU and RNN: one step of one direction. */
interface RecurrentCell {
  /** How many gates of the hidden size weights and biases have. */
  int gates();

  /** How many values are carried from step to step; the first is the output. */
  int states();

  /**
   * What is added to the input's part of the gates.
   *
   * @param biases of the input, then of the state, of shape [2·gates·hidden]
   */
  default Formula addend(Value biases, int hidden) {
    return Formula.of(biases, List.of(Access.along(0)))
        .plus(Formula.of(biases, List.of(Access.along(0).shifted(gates() * hidden))));
  }

  /**
   * The next state.
   *
   * @param step the number of the step
   * @param state each value of shape [batch, hidden]
   */
  List<Value> next(RecurrentGates gates, int step, List<Value> state);
}
