package ai.opengradient.worker.dispute;

import java.util.Optional;

/**
 * What a challenger does next. The same evidence gives the same move, until the chain has it and
 * the evidence grows; so a move is made once, and what was made already is not made again.
 */
public sealed interface Move {
  /** Nothing: the worker has to assert its trace first. */
  record Await() implements Move {}

  /**
   * Ask the worker.
   *
   * @param node shows the node that the path names; the court wants it when it is the first
   *     question about that node of the program, and then only
   */
  record Ask(Path path, Optional<NodeOpening> node) implements Move {}

  /**
   * Add terms of a fold that is too long for one transaction.
   *
   * @param until the row-major number of the first term that is not to be added
   */
  record ProveMore(StepProof proof, int until) implements Move {}

  /** Prove that a node's tensor in the worker's trace is false. */
  record ProveStep(StepProof proof) implements Move {}

  /** Prove that the claim is not within its band of the trace. */
  record ProveOutput(int output, int element, OutputProof proof) implements Move {}

  /** Nothing: trace and claim are right. The challenge is lost. */
  record Concede() implements Move {}
}
