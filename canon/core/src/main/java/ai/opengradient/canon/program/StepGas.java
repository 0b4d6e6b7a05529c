package ai.opengradient.canon.program;

import static ai.opengradient.canon.commitment.TensorTree.LEAF_LENGTH;

import ai.opengradient.canon.program.ProgramException.Fault;
import java.util.List;
import java.util.Optional;

/**
 * What it may cost at most to compute one element of a node on chain, in gas. Source: section 8 of
 * {@code docs/canon.md}.
 */
public final class StepGas {
  /** The cap for a step that has to fit one transaction. */
  public static final long STEP_CAP = 1L << 24;

  /** The cap for a step that may be spread over several. */
  public static final long SUM_CAP = 1L << 26;

  private static final long STEP = 500_000;
  private static final long OPERAND = 30_000;
  private static final long LEAF = 43_000;
  private static final long PATH = 36_000;
  private static final long RUN = 6_000;
  private static final long DIVISION = 600;
  private static final long TERM = 160;
  private static final long PRIMITIVE = 500;
  private static final long COSTLY_PRIMITIVE = 20_000;

  private StepGas() {}

  public static long of(Node node) {
    return switch (node) {
      case Node.Given given -> STEP;
      case Node.Map map ->
          STEP
              + map.operands().size() * (OPERAND + LEAF + PATH)
              + map.expression().primitives().stream().mapToLong(StepGas::of).sum();
      case Node.Gather gather -> STEP + gather.operands().size() * (OPERAND + LEAF + PATH);
      case Node.Fold fold -> ofFold(fold.terms(), fold.factors(), fold.addend());
    };
  }

  private static long of(Primitive primitive) {
    return switch (primitive) {
      case Primitive.Within within -> COSTLY_PRIMITIVE;
      case Primitive.Function function -> COSTLY_PRIMITIVE;
      case Primitive.Apply apply ->
          switch (apply.operation()) {
            case DIV, MOD, SQRT -> COSTLY_PRIMITIVE;
            default -> PRIMITIVE;
          };
      case Primitive.Constant constant -> PRIMITIVE;
      case Primitive.Index index -> PRIMITIVE;
      case Primitive.Cast cast -> PRIMITIVE;
    };
  }

  static long ofFold(Space terms, List<Operand> factors, Optional<Operand> addend) {
    long gas = STEP + TERM * terms.size() + (addend.isPresent() ? OPERAND + LEAF + PATH : 0);
    long runs = terms.size() / terms.innermost();
    for (Operand factor : factors) {
      long width = factor.dataType().width();
      long leavesOfRun = (LEAF_LENGTH - 1 + width * (terms.innermost() - 1)) / LEAF_LENGTH + 1;
      long leavesOfView = (factor.view().size() * width + LEAF_LENGTH - 1) / LEAF_LENGTH;
      long leaves = Math.min(runs * leavesOfRun, leavesOfView);
      gas += OPERAND + LEAF * leaves + PATH * Math.min(2 * runs, leaves);
    }
    return gas + runs * ofRun(factors);
  }

  /** The part for each run of a fold's terms: for going on to it, however short it is. */
  public static long ofRun(Node.Fold fold) {
    return ofRun(fold.factors());
  }

  private static long ofRun(List<Operand> factors) {
    long gas = 0;
    for (Operand factor : factors) {
      long divisions = factor.view().axes().stream().filter(axis -> axis.divisor() != 1).count();
      gas += RUN + DIVISION * divisions;
    }
    return gas;
  }

  static void requireWithinCap(Reduction reduction, long gas) {
    long cap = reduction.isSum() ? SUM_CAP : STEP_CAP;
    if (gas > cap) {
      throw new ProgramException(
          Fault.TOO_MUCH,
          "a step of this "
              + reduction
              + " may cost "
              + gas
              + " gas, above "
              + cap
              + "; fold in parts, or re-lay the operands so that its runs are longer");
    }
  }
}
