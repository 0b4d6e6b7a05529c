package ai.opengradient.canon.engine;

import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Tally;

/** Is told how a run gets on. */
@FunctionalInterface
public interface RunListener {
  /** Listens to nothing. */
  RunListener NONE = (node, algorithm, tally) -> {};

  /**
   * A node's tensor is there. Called by the thread that runs the program, in the nodes' order; what
   * it throws ends the run.
   *
   * @param node its position
   * @param tally what decided the rounding of how many sums and function values
   */
  void computed(int node, Algorithm algorithm, Tally tally);
}
