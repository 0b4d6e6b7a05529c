package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.ProgramHead;
import java.util.List;
import java.util.Optional;

/**
 * Shows that a node's tensor in the worker's trace is not what its rule gives, or adds terms of one
 * of its elements.
 *
 * @param siblings of the node in the program's tree
 * @param trace opens the node and its operands
 * @param inputs commitments of all of the job's inputs, if the node is an INPUT; else none
 * @param result the node's own tensor as the trace has it, opened at the element's leaf; nothing
 *     where the commitment alone decides
 */
public record StepProof(
    ProgramHead program,
    List<Hash> siblings,
    TraceOpening trace,
    List<Hash> inputs,
    ElementStep step,
    Optional<OpenedTensor> result) {
  public StepProof {
    siblings = List.copyOf(siblings);
    inputs = List.copyOf(inputs);
  }
}
