package ai.opengradient.worker.dispute;

import ai.opengradient.canon.program.ProgramHead;

/**
 * Shows that an element of the claim is not within its band of the trace's.
 *
 * @param trace opens the output's node
 * @param result its tensor as the trace has it, opened at the element's leaf
 * @param claimed the claim's leaf
 */
public record OutputProof(
    ProgramHead program, TraceOpening trace, OpenedTensor result, OpenedLeaves claimed) {}
