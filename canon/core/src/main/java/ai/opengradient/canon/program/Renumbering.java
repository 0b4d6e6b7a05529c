package ai.opengradient.canon.program;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A node with its operands at other positions. */
public final class Renumbering {
  private final Map<Integer, Integer> moved;

  private Renumbering(Map<Integer, Integer> moved) {
    this.moved = moved;
  }

  /**
   * The node after a move.
   *
   * @param moved where each operand's node went
   */
  public static Node of(Node node, Map<Integer, Integer> moved) {
    return new Renumbering(moved).of(node);
  }

  private Node of(Node node) {
    return switch (node) {
      case Node.Given given -> given;
      case Node.Map map ->
          new Node.Map(
              map.dataType(),
              map.space(),
              map.slots().stream()
                  .map(slot -> new Slot(slot.dataType(), slot.pad(), of(slot.alternatives())))
                  .toList(),
              map.expression());
      case Node.Fold fold ->
          new Node.Fold(
              fold.dataType(),
              fold.reduction(),
              fold.space(),
              fold.terms(),
              of(fold.factors()),
              fold.addend().map(this::of));
      case Node.Gather gather ->
          new Node.Gather(
              gather.dataType(),
              gather.space(),
              of(gather.indices()),
              of(gather.data()),
              gather.axis());
    };
  }

  private List<Operand> of(List<Operand> operands) {
    return operands.stream().map(this::of).toList();
  }

  private Operand of(Operand operand) {
    return new Operand(
        Objects.requireNonNull(moved.get(operand.node())), operand.dataType(), operand.view());
  }
}
