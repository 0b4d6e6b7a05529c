package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.ProgramException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tensors of all nodes of one run of a program, computed element by element: slow, and the
 * measure of whatever is fast. A node that breaks a rule has none.
 *
 * @param tensors by position; void ones are empty
 */
public record Trace(List<Optional<WholeTensor>> tensors) {
  public Trace {
    tensors = List.copyOf(tensors);
  }

  /**
   * Runs a valid program.
   *
   * @throws MissingWeightException if a weight is not among the given tensors
   */
  public static Trace of(Program program, GivenTensors given) {
    return of(program.descriptors(), given);
  }

  /**
   * Runs any list of descriptors, as section 9 of {@code docs/canon.md} defines.
   *
   * @throws MissingWeightException if a weight is not among the given tensors
   */
  public static Trace of(List<Descriptor> descriptors, GivenTensors given) {
    List<Optional<WholeTensor>> tensors = new ArrayList<>();
    for (int position = 0; position < descriptors.size(); position++) {
      tensors.add(tensor(descriptors.get(position), position, tensors, given));
    }
    return new Trace(tensors);
  }

  /** The tree over the tensors' commitments. */
  public HashTree tree() {
    return HashTree.of(
        tensors.stream()
            .map(tensor -> tensor.map(WholeTensor::hash).orElse(TensorCommitment.VOID))
            .toList());
  }

  private static Optional<WholeTensor> tensor(
      Descriptor descriptor, int position, List<Optional<WholeTensor>> before, GivenTensors given) {
    Node node;
    try {
      node = descriptor.node(position);
    } catch (ProgramException e) {
      return Optional.empty();
    }
    return switch (node) {
      case Node.Input input -> fitting(given.inputs(), input.input(), input);
      case Node.Claim claim -> fitting(given.claims(), claim.output(), claim);
      case Node.Weight weight -> Optional.of(weight(weight, position, given));
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

  private static WholeTensor weight(Node.Weight weight, int position, GivenTensors given) {
    ByteBuffer data = given.weights().get(weight.root());
    if (data == null) {
      throw new MissingWeightException(position, weight.root(), "is not at hand; fetch the model");
    }
    long length = (long) weight.count() * weight.dataType().width();
    if (data.remaining() < length) {
      throw new MissingWeightException(
          position,
          weight.root(),
          "has " + data.remaining() + " bytes here, fewer than its node says");
    }
    // Data that go on with zeros in their last leaf have the same root; the node takes what it
    // says.
    ByteBuffer taken = data.slice(data.position(), (int) length);
    return new WholeTensor(weight.dataType(), weight.count(), taken);
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
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(node.count(), node.dataType().width()));
    for (int index = 0; index < node.count(); index++) {
      ElementBytes.write(node.dataType(), data, rule.element(index));
    }
    return new WholeTensor(node.dataType(), node.count(), data.flip());
  }
}
