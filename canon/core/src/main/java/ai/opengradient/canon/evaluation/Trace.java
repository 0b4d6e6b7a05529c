package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.commitment.TensorTree;
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
 * @param commitments to the tensors, by position
 */
public record Trace(List<Optional<WholeTensor>> tensors, List<Hash> commitments) {
  /** What a Java array can hold. */
  private static final int LENGTH_AT_MOST = Integer.MAX_VALUE - 8;

  public Trace {
    tensors = List.copyOf(tensors);
    commitments = List.copyOf(commitments);
  }

  /**
   * Runs a valid program.
   *
   * @throws EvaluationException if a weight is not at hand, or a tensor too large
   */
  public static Trace of(Program program, GivenTensors given) {
    return of(program.descriptors(), given);
  }

  /**
   * Runs any list of descriptors, as section 9 of {@code docs/canon.md} defines.
   *
   * @throws EvaluationException if a weight is not at hand, or a tensor too large
   */
  public static Trace of(List<Descriptor> descriptors, GivenTensors given) {
    List<Optional<WholeTensor>> tensors = new ArrayList<>();
    List<Hash> commitments = new ArrayList<>();
    for (int position = 0; position < descriptors.size(); position++) {
      Optional<Node> node = validNode(descriptors.get(position), position);
      int at = position;
      Optional<WholeTensor> tensor = node.flatMap(valid -> tensor(valid, at, tensors, given));
      commitments.add(commitment(node, tensor));
      tensors.add(tensor);
    }
    return new Trace(tensors, commitments);
  }

  /** The tree over the commitments. */
  public HashTree tree() {
    return HashTree.of(commitments);
  }

  private static Optional<Node> validNode(Descriptor descriptor, int position) {
    try {
      return Optional.of(descriptor.node(position));
    } catch (ProgramException e) {
      return Optional.empty();
    }
  }

  /** A weight's is by the root that its node names, whatever lies beyond its last element. */
  private static Hash commitment(Optional<Node> node, Optional<WholeTensor> tensor) {
    if (node.isPresent() && node.get() instanceof Node.Weight weight) {
      return TensorCommitment.of(weight.dataType(), weight.count(), weight.root());
    }
    return tensor.map(WholeTensor::hash).orElse(TensorCommitment.VOID);
  }

  private static Optional<WholeTensor> tensor(
      Node node, int position, List<Optional<WholeTensor>> before, GivenTensors given) {
    return switch (node) {
      case Node.Input input -> fitting(given.inputs(), input.input(), input);
      case Node.Claim claim -> fitting(given.claims(), claim.output(), claim);
      case Node.Weight weight -> Optional.of(weight(weight, position, given));
      case Node.Computed computed -> computed(computed, position, before);
    };
  }

  private static Optional<WholeTensor> fitting(
      List<WholeTensor> tensors, int number, Node.Given node) {
    return tensors.stream()
        .skip(number)
        .findFirst()
        .filter(tensor -> tensor.dataType() == node.dataType() && tensor.count() == node.count());
  }

  /** The first elements of the leaves with that root; zeros fill the last leaf. */
  private static WholeTensor weight(Node.Weight weight, int position, GivenTensors given) {
    ByteBuffer data = given.weights().get(weight.root());
    if (data == null) {
      throw new EvaluationException.MissingWeight(
          position, weight.root(), "is not at hand; fetch the model");
    }
    int length = length(weight, position);
    int needed = TensorTree.leafCount(length);
    int there = TensorTree.leafCount(data.remaining());
    if (there < needed || HashTree.depth(there) != HashTree.depth(needed)) {
      throw new EvaluationException.MissingWeight(
          position, weight.root(), "has " + there + " leaves, its node a tree of " + needed);
    }
    ByteBuffer elements = ByteBuffer.allocate(length);
    elements.put(data.slice(data.position(), Math.min(length, data.remaining())));
    return new WholeTensor(weight.dataType(), weight.count(), elements.rewind());
  }

  private static Optional<WholeTensor> computed(
      Node.Computed node, int position, List<Optional<WholeTensor>> before) {
    List<WholeTensor> operands = new ArrayList<>();
    for (Operand operand : node.operands()) {
      Optional<WholeTensor> tensor = before.get(operand.node());
      if (tensor.isEmpty()) {
        return Optional.empty();
      }
      operands.add(tensor.get());
    }
    return ElementRule.of(node, operands).map(rule -> everyElement(node, position, rule));
  }

  private static WholeTensor everyElement(Node.Computed node, int position, ElementRule rule) {
    ByteBuffer data = ByteBuffer.allocate(length(node, position));
    for (int index = 0; index < node.count(); index++) {
      ElementBytes.write(node.dataType(), data, rule.element(index));
    }
    return new WholeTensor(node.dataType(), node.count(), data.flip());
  }

  /** Bytes of a node's tensor. */
  private static int length(Node node, int position) {
    long length = node.length();
    if (length > LENGTH_AT_MOST) {
      throw new EvaluationException.TooLarge(position, length);
    }
    return (int) length;
  }
}
