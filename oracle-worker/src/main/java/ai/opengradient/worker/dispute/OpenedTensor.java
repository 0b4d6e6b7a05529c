package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.TensorHead;

/** What a tensor's commitment is made of, and those leaves of it that are needed. */
public record OpenedTensor(TensorHead head, OpenedLeaves opened) {
  /** The tensor of a node that breaks a rule. */
  static final OpenedTensor VOID = new OpenedTensor(TensorHead.VOID, OpenedLeaves.NONE);
}
