package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.commitment.Hash;

/** A program's weight is not at hand, or not in the length that its node says. */
@SuppressWarnings("serial") // never serialised
public final class MissingWeightException extends RuntimeException {
  MissingWeightException(int node, Hash root, String cause) {
    super("node " + node + ": the weight with the tree root " + root + " " + cause);
  }
}
