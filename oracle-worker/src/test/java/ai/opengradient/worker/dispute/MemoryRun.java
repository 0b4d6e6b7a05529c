package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.evaluation.ElementRule;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A run that is kept in memory, computed element by element. Some tensors can be others than the
 * program's; whatever reads them is computed from these.
 */
record MemoryRun(
    DisputedProgram program,
    List<Optional<HeldTensor>> held,
    List<Optional<WholeTensor>> elements,
    HashTree tensors)
    implements TracedRun {
  MemoryRun {
    held = List.copyOf(held);
    elements = List.copyOf(elements);
  }

  /** The canonical run. */
  static MemoryRun of(DisputedProgram program, GivenTensors given) {
    return of(program, given, Map.of());
  }

  /**
   * A run with these tensors changed.
   *
   * @param tampering by node; what is void there and should not be has to be made of nothing
   */
  static MemoryRun of(
      DisputedProgram program,
      GivenTensors given,
      Map<Integer, UnaryOperator<Optional<WholeTensor>>> tampering) {
    List<Optional<WholeTensor>> tensors = new ArrayList<>();
    List<Optional<HeldTensor>> held = new ArrayList<>();
    for (int position = 0; position < program.nodes(); position++) {
      Optional<Node> node = program.node(position);
      Optional<WholeTensor> right = node.flatMap(valid -> tensor(valid, tensors, given));
      UnaryOperator<Optional<WholeTensor>> change = tampering.get(position);
      Optional<WholeTensor> tensor = change == null ? right : change.apply(right);
      tensors.add(tensor);
      if (change == null && node.orElse(null) instanceof Node.Weight weight) {
        ByteBuffer data = Objects.requireNonNull(given.weights().get(weight.root()));
        held.add(Optional.of(HeldTensor.of(weight.dataType(), weight.count(), data)));
      } else {
        held.add(tensor.map(HeldTensor::of));
      }
    }
    return new MemoryRun(program, held, tensors, tree(held));
  }

  private static HashTree tree(List<Optional<HeldTensor>> held) {
    return HashTree.of(
        held.stream()
            .map(tensor -> tensor.map(HeldTensor::hash).orElse(TensorCommitment.VOID))
            .toList());
  }

  /** With another tensor at a node, on which nothing else depends. */
  MemoryRun with(int node, HeldTensor tensor) {
    List<Optional<HeldTensor>> changed = new ArrayList<>(held);
    changed.set(node, Optional.of(tensor));
    return new MemoryRun(program, changed, elements, tree(changed));
  }

  /** With hashes behind the last node's. */
  MemoryRun followedBy(Hash... hashes) {
    List<Hash> all = new ArrayList<>();
    for (int node = 0; node < program.nodes(); node++) {
      all.add(tensors.at(0, node));
    }
    all.addAll(List.of(hashes));
    return new MemoryRun(program, held, elements, HashTree.of(all));
  }

  @Override
  public Optional<HeldTensor> tensor(int node) {
    return held.get(node);
  }

  /** What is claimed from such a run; zeros where it has nothing of that type. */
  List<WholeTensor> claim(List<WholeTensor> types) {
    List<WholeTensor> claim = new ArrayList<>();
    for (int node : program.head().outputs()) {
      WholeTensor type = types.get(claim.size());
      claim.add(
          elements
              .get(node)
              .filter(
                  tensor -> tensor.dataType() == type.dataType() && tensor.count() == type.count())
              .orElse(type));
    }
    return claim;
  }

  private static Optional<WholeTensor> tensor(
      Node node, List<Optional<WholeTensor>> before, GivenTensors given) {
    return switch (node) {
      case Node.Input input -> fitting(given.inputs(), input.input(), input);
      case Node.Claim claim -> fitting(given.claims(), claim.output(), claim);
      case Node.Weight weight -> Optional.of(weight(weight, given));
      case Node.Computed computed -> computed(computed, before);
    };
  }

  private static Optional<WholeTensor> fitting(
      List<WholeTensor> tensors, int number, Node.Given node) {
    return tensors.stream()
        .skip(number)
        .findFirst()
        .filter(tensor -> tensor.dataType() == node.dataType() && tensor.count() == node.count());
  }

  private static WholeTensor weight(Node.Weight weight, GivenTensors given) {
    ByteBuffer data = Objects.requireNonNull(given.weights().get(weight.root()));
    return new WholeTensor(
        weight.dataType(), weight.count(), data.slice(0, Math.toIntExact(weight.length())));
  }

  private static Optional<WholeTensor> computed(
      Node.Computed node, List<Optional<WholeTensor>> before) {
    List<WholeTensor> operands = new ArrayList<>();
    for (Operand operand : node.operands()) {
      Optional<WholeTensor> tensor = before.get(operand.node());
      if (tensor.isEmpty()) {
        return Optional.empty();
      }
      operands.add(tensor.get());
    }
    return ElementRule.of(node, operands).map(rule -> everyElement(node, rule));
  }

  private static WholeTensor everyElement(Node.Computed node, ElementRule rule) {
    Elements elements = new Elements(node.dataType(), node.count());
    for (int index = 0; index < node.count(); index++) {
      elements.put(index, rule.element(index));
    }
    return elements.tensor();
  }
}
