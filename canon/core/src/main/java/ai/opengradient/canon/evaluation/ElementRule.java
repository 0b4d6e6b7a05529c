package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.Float32;
import java.util.List;
import java.util.Optional;

/**
 * What one element of a computed node is, from its operands' elements: the last step of a dispute.
 *
 * <p>Source: sections 6, 7 and 9 of {@code docs/canon.md}.
 */
public final class ElementRule {
  private final Node.Computed node;
  private final List<? extends ElementSource> operands;

  private ElementRule(Node.Computed node, List<? extends ElementSource> operands) {
    this.node = node;
    this.operands = operands;
  }

  /**
   * The rule of a node over these operands, or nothing if one has another type than the node says:
   * then the node is void.
   *
   * @param operands as many as the node has, in its order
   */
  public static Optional<ElementRule> of(
      Node.Computed node, List<? extends ElementSource> operands) {
    List<Operand> wanted = node.operands();
    if (wanted.size() != operands.size()) {
      throw new IllegalArgumentException(
          "the node has " + wanted.size() + " operands, not " + operands.size());
    }
    for (int at = 0; at < wanted.size(); at++) {
      if (wanted.get(at).dataType() != operands.get(at).dataType()) {
        return Optional.empty();
      }
    }
    return Optional.of(new ElementRule(node, operands));
  }

  /**
   * An element in canonical form.
   *
   * @param index 0 to below the node's count
   * @throws EvaluationException.MissingLeaf if an operand's element is not opened
   */
  public long element(int index) {
    return switch (node) {
      case Node.Map map -> MapStep.element(map, operands, index);
      case Node.Fold fold -> new FoldStep(fold, index).element(operands);
      case Node.Gather gather -> gathered(gather, index);
    };
  }

  private long gathered(Node.Gather gather, int index) {
    int[] x = new int[gather.space().rank()];
    gather.space().coordinates(index, x, 0);
    ElementSource indices = operands.getFirst();
    int at = gather.indices().view().index(x, indices.count());
    if (at == View.OUT_OF_BOUNDS) {
      return outOfRange(gather);
    }
    long picked = indices.element(at);
    if (picked < 0) {
      picked += gather.data().view().axes().get(gather.axis()).extent();
    }
    ElementSource data = operands.getLast();
    int place = gather.data().view().index(x, data.count(), gather.axis(), picked);
    return place == View.OUT_OF_BOUNDS ? outOfRange(gather) : data.element(place);
  }

  private static long outOfRange(Node.Gather gather) {
    return switch (gather.dataType()) {
      case FLOAT32 -> Float32.NAN;
      case UINT8, INT8, INT32, INT64, BOOL -> 0;
    };
  }
}
