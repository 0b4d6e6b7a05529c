package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.program.Node;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The leaves of its operands that an element's step reads, or a part of it: those that a proof has
 * to open.
 *
 * @param leaves their places, by operand
 */
public record StepReads(List<SortedSet<Integer>> leaves) {
  public StepReads {
    leaves =
        leaves.stream()
            .map(places -> Collections.unmodifiableSortedSet(new TreeSet<>(places)))
            .toList();
  }

  /**
   * What is left of a step.
   *
   * @param operands as many as the node has, in its order, of the types that it says
   * @param from the row-major number of the first term of a fold that was not added yet; 0 for the
   *     whole step
   */
  public static StepReads of(
      Node.Computed node, List<? extends ElementSource> operands, int element, int from) {
    List<LeafRecorder> recorders = recorders(operands);
    if (node instanceof Node.Fold fold) {
      FoldStep step = new FoldStep(fold, element);
      step.skip(from);
      step.element(recorders);
    } else {
      ElementRule.of(node, recorders).orElseThrow().element(element);
    }
    return of(recorders);
  }

  /**
   * A run of a fold's terms.
   *
   * @param operands as many as the node has, in its order, of the types that it says
   * @param until the row-major number of the first term that is not in it
   */
  public static StepReads ofRun(
      Node.Fold fold, List<? extends ElementSource> operands, int element, int from, int until) {
    List<LeafRecorder> recorders = recorders(operands);
    FoldStep step = new FoldStep(fold, element);
    step.skip(from);
    step.add(recorders, until);
    return of(recorders);
  }

  private static List<LeafRecorder> recorders(List<? extends ElementSource> operands) {
    return operands.stream().map(LeafRecorder::new).toList();
  }

  private static StepReads of(List<LeafRecorder> recorders) {
    return new StepReads(recorders.stream().map(LeafRecorder::leaves).toList());
  }
}
