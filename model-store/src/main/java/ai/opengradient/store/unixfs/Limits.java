package ai.opengradient.store.unixfs;

/**
 * How much a reader does for a file that a stranger wrote.
 *
 * @param length the most bytes
 * @param depth the most levels below the root
 * @param blocks the most blocks, all levels together
 */
public record Limits(long length, int depth, int blocks) {
  private static final int USUAL_DEPTH = 32;
  private static final int SMALLEST_USUAL_LEAF = 16 << 10;
  private static final int FEW_BLOCKS = 4096;

  /** Limits that any usual writer's file of up to this length keeps. */
  public static Limits ofLength(long length) {
    long blocks = FEW_BLOCKS + length / SMALLEST_USUAL_LEAF;
    return new Limits(length, USUAL_DEPTH, (int) Math.min(blocks, Integer.MAX_VALUE));
  }
}
