package ai.opengradient.worker.chain;

import java.util.List;
import java.util.Optional;

/**
 * Reads the market's events in ranges of blocks, from a cursor that the caller keeps. It remembers
 * nothing but how long a range the node takes: whoever calls commits a batch's effects and the new
 * cursor together, so that nothing is lost or done twice. For use by one thread.
 */
public final class LogPoller {

  private final ChainClient node;
  private final Address market;
  private final long confirmations;
  private final long longestRange;
  private long range;

  /**
   * @param confirmations how many blocks must lie on top of a block before its events count; 0:
   *     none
   * @param longestRange most blocks in one question
   */
  public LogPoller(ChainClient node, Deployment deployment, long confirmations, long longestRange) {
    if (confirmations < 0 || longestRange < 1) {
      throw new IllegalArgumentException("confirmations below 0 or a range below 1");
    }
    this.node = node;
    this.market = deployment.market();
    this.confirmations = confirmations;
    this.longestRange = longestRange;
    this.range = longestRange;
  }

  /** What a poll found. */
  public sealed interface Poll {

    /**
     * No further block has enough confirmations yet; {@code newest} is the chain's newest block.
     */
    record UpToDate(BlockReference newest) implements Poll {}

    /**
     * The events after the cursor's block up to and including block {@code to}, in the chain's
     * order, perhaps none. The next cursor is {@code to}.
     */
    record Batch(BlockReference to, List<MarketEvent> events, BlockReference newest)
        implements Poll {

      public Batch {
        events = List.copyOf(events);
      }
    }

    /**
     * The cursor's block is no longer part of the chain. All that came after {@code ancestor} is to
     * be undone, and the next cursor is {@code ancestor}.
     */
    record Reorganised(BlockReference ancestor) implements Poll {}

    /**
     * The chain was reorganised below the oldest block that the caller remembers: a person must
     * look.
     */
    record ReorganisedBeyondMemory(BlockReference oldestRemembered) implements Poll {}
  }

  /**
   * Reads the next range.
   *
   * @param remembered the blocks of earlier cursors, newest first; the first is the cursor. At
   *     least one.
   */
  public Poll poll(List<BlockReference> remembered) {
    BlockReference cursor = remembered.getFirst();
    BlockReference newest = node.newestBlock();
    if (!isCanonical(cursor)) {
      return reorganisation(remembered);
    }
    while (true) {
      long last = Math.min(newest.number() - confirmations, cursor.number() + range);
      if (last <= cursor.number()) {
        return new Poll.UpToDate(newest);
      }
      Optional<BlockReference> to = node.block(last);
      if (to.isEmpty()) {
        return new Poll.UpToDate(newest);
      }
      List<ChainClient.Log> logs;
      try {
        logs = node.logs(cursor.number() + 1, last, market, List.of(MarketEventDecoder.TOPICS));
      } catch (ChainException.NodeRefused | ChainException.MalformedAnswer tooMuch) {
        // Nodes differ in how they say that a range has too many results; half of it may do.
        long asked = last - cursor.number();
        if (asked == 1) {
          throw tooMuch;
        }
        range = asked / 2;
        continue;
      }
      if (!isCanonical(cursor) || !isCanonical(to.get())) {
        // The chain moved while it was read: what was read may be of both branches.
        return new Poll.UpToDate(newest);
      }
      range = Math.min(longestRange, range * 2);
      return new Poll.Batch(to.get(), MarketEventDecoder.decode(logs), newest);
    }
  }

  private Poll reorganisation(List<BlockReference> remembered) {
    return remembered.stream()
        .filter(this::isCanonical)
        .findFirst()
        .<Poll>map(Poll.Reorganised::new)
        .orElseGet(() -> new Poll.ReorganisedBeyondMemory(remembered.getLast()));
  }

  private boolean isCanonical(BlockReference block) {
    return node.block(block.number()).map(found -> found.hash().equals(block.hash())).orElse(false);
  }
}
