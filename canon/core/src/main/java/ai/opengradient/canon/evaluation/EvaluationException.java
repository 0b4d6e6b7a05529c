package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.commitment.Hash;

/** Something that a computation needs is not there. The message names it, and the way out. */
@SuppressWarnings("serial") // never serialised
public abstract sealed class EvaluationException extends RuntimeException {
  private EvaluationException(String message) {
    // What is missing says all; a trace of the stack would cost more than finding it.
    super(message, null, false, false);
  }

  /** An element's leaf is not among those that were opened: a proof with it proves nothing. */
  public static final class MissingLeaf extends EvaluationException {
    private final int leaf;

    MissingLeaf(int leaf) {
      super("leaf " + leaf + " is not opened; open it, too");
      this.leaf = leaf;
    }

    /** The leaf's place. */
    public int leaf() {
      return leaf;
    }
  }

  /** No fold of that kind has such an accumulator. */
  public static final class MalformedAccumulator extends EvaluationException {
    MalformedAccumulator(String cause) {
      super("an accumulator with " + cause + "; hand in what was given out, for the same element");
    }
  }

  /** The accumulator's sum is none. */
  public static final class MalformedSum extends EvaluationException {
    private final byte[] encoded;

    MalformedSum(byte[] encoded) {
      super("an accumulator whose sum is none; hand in what was given out, for the same element");
      this.encoded = encoded;
    }

    /** What should have been the sum, as it was given. */
    public byte[] encoded() {
      return encoded.clone();
    }
  }

  /** A program's weight is not at hand, or not all leaves of it are. */
  public static final class MissingWeight extends EvaluationException {
    MissingWeight(int node, Hash root, String cause) {
      super("node " + node + ": the weight with the tree root " + root + " " + cause);
    }
  }

  /** A tensor that can't be held whole in one buffer; its elements can be computed one by one. */
  public static final class TooLarge extends EvaluationException {
    TooLarge(int node, long bytes) {
      super(
          "node "
              + node
              + " defines "
              + bytes
              + " bytes, more than one buffer holds here; compute single elements");
    }
  }
}
