package ai.opengradient.worker.dispute;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorHead;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.engine.RandomProgram;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A job to dispute about.
 *
 * @param right the canonical run
 * @param claim what it gives, in the model's types
 */
record Scene(
    DisputedProgram program,
    GivenTensors given,
    MemoryRun right,
    List<WholeTensor> claim,
    List<Band> bands) {

  static Scene random(RandomGenerator random, int nodes) {
    RandomProgram drawn = new RandomProgram(random).addNodes(nodes);
    Program program = drawn.program();
    return of(DisputedProgram.of(program), drawn.given(), random);
  }

  /**
   * A job whose program a stranger registered: its last nodes break rules. One is a MAP cut short,
   * one an INPUT that the job has not, two read them, and the last one reads nothing of it.
   */
  static Scene withVoidNodes(RandomGenerator random, int nodes) {
    RandomProgram drawn = new RandomProgram(random).addNodes(nodes);
    List<Descriptor> descriptors = new ArrayList<>(drawn.program().descriptors());
    int first = descriptors.size();
    descriptors.add(Descriptor.of(new byte[] {4, 1, 1, 0, 0, 0, 3, 1}));
    descriptors.add(Descriptor.of(new Node.Input(DataType.FLOAT32, 3, 15)));
    descriptors.add(Descriptor.of(copy(first)));
    descriptors.add(Descriptor.of(copy(first + 1)));
    descriptors.add(
        Descriptor.of(
            new Node.Map(
                DataType.INT64, Space.of(3), List.of(), Expression.of(new Primitive.Index(0)))));
    List<Integer> outputs = List.of(first + 4, first + random.nextInt(4));
    return of(DisputedProgram.of(descriptors, outputs), drawn.given(), random);
  }

  /** A job whose program changes the sign of its input, over and over. */
  static Scene chain(RandomGenerator random, int nodes, int elements) {
    List<Node> chain = new ArrayList<>();
    chain.add(new Node.Input(DataType.FLOAT32, elements, 0));
    Space space = Space.of(elements);
    while (chain.size() < nodes) {
      Operand last = new Operand(chain.size() - 1, DataType.FLOAT32, View.identity(space));
      chain.add(
          new Node.Map(
              DataType.FLOAT32,
              space,
              List.of(Slot.of(last)),
              Expression.of(Primitive.apply(Operation.NEG, 0))));
    }
    Elements input = new Elements(DataType.FLOAT32, elements);
    for (int element = 0; element < elements; element++) {
      input.put(element, Float.floatToIntBits(random.nextFloat()));
    }
    GivenTensors given = new GivenTensors(List.of(input.tensor()), Map.of(), List.of());
    Program program = new Program(chain, List.of(nodes - 1));
    return of(DisputedProgram.of(program), given, random);
  }

  private static Node copy(int node) {
    Space space = Space.of(3);
    Operand operand = new Operand(node, DataType.FLOAT32, View.identity(space));
    return new Node.Map(DataType.FLOAT32, space, List.of(Slot.of(operand)), Expression.IDENTITY);
  }

  static Scene of(DisputedProgram program, GivenTensors given, RandomGenerator random) {
    MemoryRun right = MemoryRun.of(program, given);
    List<WholeTensor> claim = new ArrayList<>();
    List<Band> bands = new ArrayList<>();
    for (int node : program.head().outputs()) {
      claim.add(
          right.elements().get(node).orElseGet(() -> new Elements(DataType.FLOAT32, 3).tensor()));
      bands.add(
          random.nextBoolean()
              ? Band.EXACT
              : new Band(Float.floatToIntBits(1e-6f), Float.floatToIntBits(1e-5f)));
    }
    return new Scene(program, given, right, claim, bands);
  }

  JobTensors job(List<WholeTensor> claimed) {
    return new JobTensors(given.inputs(), claimed);
  }

  /** A court in which a worker has asserted this root. */
  Referee referee(List<WholeTensor> claimed, Hash root) {
    return new Referee(
        program.head().hash(), heads(given.inputs()), heads(claimed), bands, root, program.head());
  }

  private static List<TensorHead> heads(List<WholeTensor> tensors) {
    return tensors.stream().map(tensor -> HeldTensor.of(tensor).head()).toList();
  }
}
