package ai.opengradient.canon.evaluation;

/** An element's leaf is not among those that were opened: a proof with it proves nothing. */
@SuppressWarnings("serial") // never serialised
public final class MissingLeafException extends RuntimeException {
  private final int leaf;

  MissingLeafException(int leaf) {
    super("leaf " + leaf + " is not opened; open it, too");
    this.leaf = leaf;
  }

  /** The leaf's place. */
  public int leaf() {
    return leaf;
  }
}
