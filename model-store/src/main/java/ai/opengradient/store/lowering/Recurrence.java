package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Caps;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** LSTM, GRU and RNN, unrolled: their common inputs, directions, lengths and outputs. */
final class Recurrence {
  private static final int INPUT = 0;
  private static final int WEIGHTS_OF_INPUT = 1;
  private static final int WEIGHTS_OF_STATE = 2;
  private static final int BIASES = 3;
  private static final int LENGTHS = 4;
  private static final int FIRST_STATE = 5;

  /** With any more, a program would have too many nodes. */
  private static final int MAXIMUM_STEPS = Caps.NODES / 4;

  private final Call call;
  private final RecurrentCell cell;
  private final TensorBuilder tensors;
  private final boolean batchFirst;
  private final Value x;
  private final int hidden;
  private final Optional<Value> lengths;

  private Recurrence(Call call, RecurrentCell cell) {
    this.call = call;
    this.cell = cell;
    tensors = call.tensors();
    batchFirst = call.attributes().flag("layout", false);
    Value given = call.input(INPUT);
    requireMatrices(given);
    requireMatrices(call.input(WEIGHTS_OF_INPUT));
    requireMatrices(call.input(WEIGHTS_OF_STATE));
    x = batchFirst ? given.transposed(List.of(1, 0, 2)) : given;
    hidden = call.input(WEIGHTS_OF_STATE).dimension(2);
    if (steps() > MAXIMUM_STEPS) {
      throw new LoweringFailure.Unsupported(
          "a program can't hold its "
              + steps()
              + " steps; run the model on at most "
              + MAXIMUM_STEPS
              + " at a time");
    }
    lengths = call.optional(LENGTHS).filter(value -> !areAllWhole(value));
  }

  private static void requireMatrices(Value value) {
    if (value.rank() != 3) {
      throw new LoweringFailure.Invalid("it takes tensors of rank 3, not " + value.shape());
    }
  }

  private boolean areAllWhole(Value value) {
    if (!value.isConstant()) {
      return false;
    }
    for (long length : tensors.elements("the lengths", value)) {
      if (length != steps()) {
        return false;
      }
    }
    return true;
  }

  private int steps() {
    return x.dimension(0);
  }

  private int batch() {
    return x.dimension(1);
  }

  /** The outputs: all steps, then the last of each state. */
  static List<Value> outputs(Call call, RecurrentCell cell) {
    return new Recurrence(call, cell).outputs();
  }

  private List<Value> outputs() {
    List<Boolean> directions =
        switch (call.attributes().text("direction", "forward")) {
          case "forward" -> List.of(false);
          case "reverse" -> List.of(true);
          case "bidirectional" -> List.of(false, true);
          default -> throw new LoweringFailure.Invalid("there is no such direction");
        };
    requireWeights(directions.size());
    List<Value> sequences = new ArrayList<>();
    List<List<Value>> lasts = new ArrayList<>();
    for (int number = 0; number < directions.size(); number++) {
      List<List<Value>> states = run(number, directions.get(number));
      lasts.add(states.getLast());
      if (call.wantsOutput(0)) {
        sequences.add(sequence(states.subList(1, states.size()), directions.get(number)));
      }
    }
    List<Value> outputs = new ArrayList<>();
    if (sequences.isEmpty()) {
      // Something has to stand in the place of what nobody reads.
      outputs.add(x);
    } else {
      Value all = tensors.stacked(sequences, 1);
      outputs.add(batchFirst ? all.transposed(List.of(2, 0, 1, 3)) : all);
    }
    for (int state = 0; state < cell.states(); state++) {
      int place = state;
      Value last = tensors.stacked(lasts.stream().map(one -> one.get(place)).toList(), 0);
      outputs.add(batchFirst ? last.transposed(List.of(1, 0, 2)) : last);
    }
    return outputs;
  }

  private void requireWeights(int directions) {
    int rows = Math.multiplyExact(cell.gates(), hidden);
    List<Integer> ofInput = List.of(directions, rows, x.dimension(2));
    List<Integer> ofHidden = List.of(directions, rows, hidden);
    if (!call.input(WEIGHTS_OF_INPUT).shape().equals(ofInput)
        || !call.input(WEIGHTS_OF_STATE).shape().equals(ofHidden)) {
      throw new LoweringFailure.Invalid(
          "weights of "
              + call.input(WEIGHTS_OF_INPUT).shape()
              + " and "
              + call.input(WEIGHTS_OF_STATE).shape()
              + " instead of "
              + ofInput
              + " and "
              + ofHidden);
    }
    if (steps() == 0 || batch() == 0 || hidden == 0) {
      throw new LoweringFailure.Unsupported("there is nothing to compute; leave it out");
    }
  }

  /** The states from the initial ones to the last. */
  private List<List<Value>> run(int number, boolean reverse) {
    Value input = reverse ? reversed(x) : x;
    RecurrentGates gates = gates(number, input);
    List<List<Value>> states = new ArrayList<>();
    states.add(initial(number));
    for (int step = 0; step < steps(); step++) {
      List<Value> before = states.getLast();
      List<Value> after = cell.next(gates, step, before);
      List<Value> kept = new ArrayList<>();
      for (int state = 0; state < after.size(); state++) {
        kept.add(whereRunning(step, after.get(state), Formula.of(before.get(state))));
      }
      states.add(kept);
    }
    return states;
  }

  private List<Value> initial(int number) {
    List<Value> states = new ArrayList<>();
    for (int state = 0; state < cell.states(); state++) {
      Optional<Value> given =
          call.optional(FIRST_STATE + state)
              .map(value -> batchFirst ? value.transposed(List.of(1, 0, 2)) : value);
      states.add(
          given
              .map(value -> tensors.place(value, 0, number))
              .orElseGet(() -> tensors.map(List.of(batch(), hidden), Formula.number(0))));
    }
    return states;
  }

  /** Once a sequence is over, something else than the step's value. */
  private Value whereRunning(int step, Value value, Formula otherwise) {
    return lengths
        .map(given ->
            tensors.map(
                value.shape(),
                Formula.integer(step)
                    .isLess(Formula.of(given, List.of(Access.along(0))).to(DataType.INT64))
                    .choose(Formula.of(value), otherwise)))
        .orElse(value);
  }

  /** The outputs of all steps, zero where a sequence is over. */
  private Value sequence(List<List<Value>> states, boolean reverse) {
    List<Value> steps = new ArrayList<>();
    for (int step = 0; step < states.size(); step++) {
      steps.add(whereRunning(step, states.get(step).getFirst(), Formula.number(0)));
    }
    Value all = tensors.stacked(steps, 0);
    return reverse ? reversed(all) : all;
  }

  /** Each sequence the other way round, what lies beyond its end in place. */
  private Value reversed(Value sequences) {
    return Gathering.reversed(tensors, sequences, lengths, 1, 0);
  }

  private RecurrentGates gates(int number, Value input) {
    int rows = cell.gates() * hidden;
    Value biases =
        call.optional(BIASES)
            .map(value -> tensors.place(value, 0, number))
            .orElseGet(() -> tensors.map(List.of(2 * rows), Formula.number(0)));
    if (!biases.shape().equals(List.of(2 * rows))) {
      throw new LoweringFailure.Invalid("biases of " + biases.shape() + " don't fit");
    }
    Value addend = tensors.map(List.of(rows), cell.addend(biases, hidden));
    Value fromInput =
        tensors.fold(
            FoldRequest.dot(
                    DataType.FLOAT32,
                    List.of(steps(), batch(), rows),
                    List.of(input.dimension(2)),
                    new Reading(input, List.of(Access.along(0), Access.along(1), Access.along(3))),
                    new Reading(
                        tensors.place(call.input(WEIGHTS_OF_INPUT), 0, number),
                        List.of(Access.along(2), Access.along(3))))
                .plus(Optional.of(new Reading(addend, List.of(Access.along(2))))));
    Value weights = tensors.place(call.input(WEIGHTS_OF_STATE), 0, number);
    return new RecurrentGates(tensors, fromInput, weights, biases, number);
  }
}
