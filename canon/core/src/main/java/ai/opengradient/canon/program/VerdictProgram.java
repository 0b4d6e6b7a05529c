package ai.opengradient.canon.program;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes of a model's program and its bands a program whose only output is whether a claim is right.
 * Source: section 13 of {@code docs/canon.md}.
 */
public final class VerdictProgram {
  private static final int TERMS = 1024;

  private final List<Node> nodes;

  private VerdictProgram(Program program) {
    nodes = new ArrayList<>(program.nodes());
  }

  /**
   * The verdict program.
   *
   * @param bands one for each output; those of outputs that are not float32 don't count
   * @throws ProgramException if the program reads a claim itself, or there would be too many nodes
   */
  public static Program of(Program program, List<Band> bands) {
    if (bands.size() != program.outputs().size()) {
      throw new IllegalArgumentException(
          program.outputs().size() + " outputs take as many bands, not " + bands.size());
    }
    if (program.nodes().stream().anyMatch(Node.Claim.class::isInstance)) {
      throw new ProgramException(
          ProgramException.Fault.CLAIM_IN_MODEL,
          "a program that reads a claim gives a verdict already; judge by the model's own program");
    }
    VerdictProgram verdict = new VerdictProgram(program);
    List<Integer> verdicts = new ArrayList<>();
    for (int output = 0; output < bands.size(); output++) {
      int node = program.outputs().get(output);
      verdicts.add(verdict.addOutput(output, node, bands.get(output)));
    }
    int all = verdicts.getFirst();
    for (int next : verdicts.subList(1, verdicts.size())) {
      all = verdict.add(both(all, next));
    }
    return new Program(verdict.nodes, List.of(all));
  }

  private int add(Node node) {
    nodes.add(node);
    ProgramException.requireCount("nodes", nodes.size(), 1, Caps.NODES);
    return nodes.size() - 1;
  }

  /** Adds what judges one output; gives the node that says whether all of it is right. */
  private int addOutput(int output, int exact, Band band) {
    DataType type = nodes.get(exact).dataType();
    int count = nodes.get(exact).count();
    int claim = add(new Node.Claim(type, count, output));
    Space space = Space.of(count);
    int last =
        add(
            new Node.Map(
                DataType.BOOL,
                space,
                List.of(
                    Slot.of(new Operand(claim, type, View.identity(space))),
                    Slot.of(new Operand(exact, type, View.identity(space)))),
                Expression.of(
                    type == DataType.FLOAT32
                        ? new Primitive.Within(0, 1, band)
                        : Primitive.apply(Operation.EQ, 0, 1))));
    for (int left = count; left > 1; left = nodes.get(last).count()) {
      last = add(folded(last, left));
    }
    return last;
  }

  /** Whether all are true, of each 1,024. */
  private static Node folded(int node, int count) {
    View view = View.of(View.Axis.affine(count, 0, new View.Term(0, TERMS), new View.Term(1, 1)));
    return new Node.Fold(
        DataType.BOOL,
        Reduction.AND,
        Space.of((count - 1) / TERMS + 1),
        Space.of(TERMS),
        List.of(new Operand(node, DataType.BOOL, view)),
        Optional.empty());
  }

  private static Node both(int first, int second) {
    return new Node.Map(
        DataType.BOOL,
        Space.SCALAR,
        List.of(
            Slot.of(new Operand(first, DataType.BOOL, View.SCALAR)),
            Slot.of(new Operand(second, DataType.BOOL, View.SCALAR))),
        Expression.of(Primitive.apply(Operation.AND, 0, 1)));
  }
}
