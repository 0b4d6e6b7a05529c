package ai.opengradient.worker.dispute;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.evaluation.ElementSource;
import ai.opengradient.canon.evaluation.Verdict;
import ai.opengradient.canon.evaluation.WholeTensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Compares a claim with the canonical outputs, which decides whether it is right. */
public final class Comparison {
  private Comparison() {}

  /**
   * Where the claim is wrong first; nothing if it is right.
   *
   * @param run the canonical one
   * @param claim one tensor for each output, of the model's types
   * @param bands one for each output; those of outputs that are not float32 don't count
   */
  public static Optional<Difference> first(
      TracedRun run, List<WholeTensor> claim, List<Band> bands) {
    List<Integer> outputs = run.program().head().outputs();
    return firstOf(
        outputs,
        claim,
        outputs.stream().map(output -> run.tensor(output).map(HeldTensor::elements)).toList(),
        bands);
  }

  /**
   * The same, where only the outputs of a canonical run are at hand.
   *
   * @param nodes positions of the nodes that define the outputs
   * @param exact the canonical outputs
   */
  public static Optional<Difference> first(
      List<Integer> nodes, List<WholeTensor> claim, List<WholeTensor> exact, List<Band> bands) {
    return firstOf(nodes, claim, exact.stream().map(Optional::of).toList(), bands);
  }

  /** The same, where outputs can be void. */
  static Optional<Difference> firstOf(
      List<Integer> nodes,
      List<WholeTensor> claim,
      List<? extends Optional<? extends ElementSource>> exact,
      List<Band> bands) {
    if (claim.size() != nodes.size() || exact.size() != nodes.size()) {
      throw new IllegalArgumentException(
          nodes.size()
              + " outputs take as many claims and exact tensors, not "
              + claim.size()
              + " and "
              + exact.size());
    }
    for (int output = 0; output < nodes.size(); output++) {
      Optional<Difference> difference =
          difference(
              output, nodes.get(output), claim.get(output), exact.get(output), bands.get(output));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Optional<Difference> difference(
      int output,
      int node,
      WholeTensor claim,
      Optional<? extends ElementSource> defined,
      Band band) {
    if (defined.isEmpty()
        || defined.get().dataType() != claim.dataType()
        || defined.get().count() != claim.count()) {
      return Optional.of(new Difference.InType(output, node));
    }
    ElementSource exact = defined.get();
    OptionalInt element = Verdict.firstWrong(claim, exact, band);
    return element.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Difference.InElement(
                output,
                node,
                element.getAsInt(),
                exact.dataType(),
                claim.element(element.getAsInt()),
                exact.element(element.getAsInt())));
  }
}
