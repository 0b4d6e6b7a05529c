package ai.opengradient.worker.chain;

/** Finds blocks by the chain's time. */
public final class BlockSearch {

  private BlockSearch() {}

  /**
   * The number of the first block that is not older, or of the newest one.
   *
   * @param since chain time, seconds
   * @param lowest where to begin
   */
  public static long firstSince(ChainClient node, long since, long lowest) {
    long low = lowest;
    long high = Math.max(lowest, node.newestBlock().number());
    while (low < high) {
      long middle = (low + high) >>> 1;
      boolean isOlder = node.block(middle).map(block -> block.timestamp() < since).orElse(false);
      if (isOlder) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
