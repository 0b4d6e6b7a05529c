package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Scan: a graph that takes state and one slice of each scanned input, turn by turn, and gives the
 * next state and slices of outputs.
 */
final class Scan {
  private final Call call;
  private final List<Value> initial;
  private final List<Value> scanned;
  private final List<Integer> axes;
  private final int turns;

  /** Of version 9 and later. */
  Scan(Call call) {
    this(call, call.all());
  }

  private Scan(Call call, List<Value> inputs) {
    this.call = call;
    int count = (int) call.attributes().integer("num_scan_inputs", 0);
    int states = inputs.size() - count;
    if (count < 1 || states < 0) {
      throw new LoweringFailure.Invalid("it scans " + count + " of " + inputs.size() + " inputs");
    }
    initial = inputs.subList(0, states);
    scanned = inputs.subList(states, inputs.size());
    axes = new ArrayList<>();
    List<Long> stated = list("scan_input_axes", count);
    for (int input = 0; input < count; input++) {
      axes.add(Shapes.axis(stated.get(input), scanned.get(input).rank()));
    }
    turns = scanned.getFirst().dimension(axes.getFirst());
    for (int input = 0; input < count; input++) {
      if (scanned.get(input).dimension(axes.get(input)) != turns) {
        throw new LoweringFailure.Invalid("the scanned inputs have different lengths");
      }
    }
  }

  private List<Long> list(String attribute, int count) {
    List<Long> numbers =
        call.attributes().integers(attribute).orElseGet(() -> Collections.nCopies(count, 0L));
    if (numbers.size() != count) {
      throw new LoweringFailure.Invalid(attribute + " must be " + count + " numbers");
    }
    return numbers;
  }

  List<Value> outputs() {
    int states = initial.size();
    if (turns == 0) {
      throw new LoweringFailure.Unsupported("it has no turns; leave it out");
    }
    List<Long> backwards = list("scan_input_directions", scanned.size());
    List<Value> state = initial;
    List<List<Value>> collected = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      List<Value> given = new ArrayList<>(state);
      for (int input = 0; input < scanned.size(); input++) {
        int place = backwards.get(input) == 0 ? turn : turns - 1 - turn;
        given.add(call.tensors().place(scanned.get(input), axes.get(input), place));
      }
      List<Value> results = call.run("body", given);
      if (results.size() < states) {
        throw new LoweringFailure.Invalid("its graph gives too little state");
      }
      state = results.subList(0, states);
      collected.add(results.subList(states, results.size()));
    }
    return Shapes.join(state, stacked(collected));
  }

  private List<Value> stacked(List<List<Value>> collected) {
    int count = collected.getFirst().size();
    List<Long> outputAxes = list("scan_output_axes", count);
    List<Long> backwards = list("scan_output_directions", count);
    List<Value> outputs = new ArrayList<>();
    for (int output = 0; output < count; output++) {
      int number = output;
      List<Value> slices = collected.stream().map(turn -> turn.get(number)).toList();
      int axis = Shapes.axis(outputAxes.get(output), slices.getFirst().rank() + 1);
      outputs.add(
          call.tensors().stacked(backwards.get(output) == 0 ? slices : slices.reversed(), axis));
    }
    return outputs;
  }

  /**
   * Of version 8: every input has a batch axis in front, and each of the batch is scanned alone.
   */
  static List<Value> ofBatch(Call call) {
    if (call.optional(0).isPresent()) {
      throw new LoweringFailure.Unsupported(
          "lengths of sequences are refused; convert the model to operators of version 9 or later");
    }
    List<Value> inputs = call.from(1);
    if (inputs.isEmpty() || inputs.getFirst().rank() == 0) {
      throw new LoweringFailure.Invalid("it has no batch");
    }
    int batch = inputs.getFirst().dimension(0);
    List<List<Value>> perExample = new ArrayList<>();
    for (int example = 0; example < batch; example++) {
      int place = example;
      List<Value> own =
          inputs.stream().map(value -> call.tensors().place(value, 0, place)).toList();
      perExample.add(new Scan(call, own).outputs());
    }
    return ControlFlow.stacked(call, perExample, perExample.getFirst().size());
  }
}
