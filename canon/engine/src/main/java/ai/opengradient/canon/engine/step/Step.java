package ai.opengradient.canon.engine.step;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import java.util.List;

/** The computation of one node, compiled for its operands' counts. Can be run again and again. */
public interface Step {
  /** How it is done. */
  Algorithm algorithm();

  /**
   * The elements of a constant operand, laid as the step reads them fastest.
   *
   * @param operand its number among the node's
   */
  default Elements laid(int operand, Elements constant) {
    return constant;
  }

  /**
   * Computes the node's elements.
   *
   * @param operands in the node's order
   * @param result takes them
   * @param tally takes the count of how they were found
   * @throws InterruptedException if the thread was interrupted; the result is not complete then
   */
  void run(List<Elements> operands, Elements result, Crew crew, Tally tally)
      throws InterruptedException;
}
