package ai.opengradient.worker.chain;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the market's events in ranges of blocks, from a cursor that the caller keeps. Whoever calls
 * commits a batch's effects and the new cursor together, so that nothing is lost or done twice.
 * What it remembers is a help, not needed: how long a range the node takes, and which events of the
 * last blocks it has given, so that those that a node withheld at first are found later. For use by
 * one thread.
 */
public final class LogPoller {

  /** Blocks that are read again. */
  private static final long READ_AGAIN = 64;

  /** Polls without a new block between two readings of the last blocks. */
  private static final int PAUSE = 10;

  private final ChainClient node;
  private final Address market;
  private final long confirmations;
  private final long longestRange;
  private long range;

  /** The block after which all events were given; none before the first poll. */
  private long since = -1;

  private final Set<LogPosition> given = new HashSet<>();
  private int upToDate;

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
     * Events of blocks that were read before, which the node did not show then. The cursor stays.
     */
    record Withheld(BlockReference cursor, List<MarketEvent> events, BlockReference newest)
        implements Poll {

      public Withheld {
        events = List.copyOf(events);
      }
    }

    /**
     * The node has not come as far as the cursor, and nothing says that it is on another branch.
     */
    record Behind(BlockReference newest) implements Poll {}

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
    since = since < 0 ? cursor.number() : since;
    if (!node.has(cursor)) {
      return newest.number() < cursor.number() && !isOnAnotherBranch(remembered, newest)
          ? new Poll.Behind(newest)
          : reorganisation(remembered);
    }
    while (true) {
      long last = Math.min(newest.number() - confirmations, cursor.number() + range);
      if (last <= cursor.number()) {
        return withheld(cursor)
            .<Poll>map(events -> new Poll.Withheld(cursor, events, newest))
            .orElseGet(() -> new Poll.UpToDate(newest));
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
      if (!node.has(cursor) || !node.has(to.get())) {
        // The chain moved while it was read: what was read may be of both branches.
        return new Poll.UpToDate(newest);
      }
      range = Math.min(longestRange, range * 2);
      List<MarketEvent> events = MarketEventDecoder.decode(logs);
      give(events, to.get());
      return new Poll.Batch(to.get(), events, newest);
    }
  }

  private void give(List<MarketEvent> events, BlockReference to) {
    events.forEach(event -> given.add(event.position()));
    given.removeIf(position -> position.block() <= to.number() - READ_AGAIN);
  }

  /** What a node says of a block before it has its logs, it may say as if there were none. */
  private Optional<List<MarketEvent>> withheld(BlockReference cursor) {
    long from = Math.max(since, cursor.number() - READ_AGAIN) + 1;
    upToDate++;
    if (upToDate < PAUSE || from > cursor.number()) {
      return Optional.empty();
    }
    upToDate = 0;
    try {
      List<MarketEvent> events =
          MarketEventDecoder.decode(
                  node.logs(from, cursor.number(), market, List.of(MarketEventDecoder.TOPICS)))
              .stream()
              .filter(event -> !given.contains(event.position()))
              .toList();
      if (events.isEmpty() || !node.has(cursor)) {
        return Optional.empty();
      }
      give(events, cursor);
      return Optional.of(events);
    } catch (ChainException.NodeRefused | ChainException.MalformedAnswer later) {
      return Optional.empty();
    }
  }

  /** Of the blocks that the node can have, the newest decides: it names all below it. */
  private boolean isOnAnotherBranch(List<BlockReference> remembered, BlockReference newest) {
    return remembered.stream()
        .filter(block -> block.number() <= newest.number())
        .findFirst()
        .filter(block -> !node.has(block))
        .isPresent();
  }

  private Poll reorganisation(List<BlockReference> remembered) {
    Optional<BlockReference> ancestor = remembered.stream().filter(node::has).findFirst();
    if (ancestor.isEmpty()) {
      return new Poll.ReorganisedBeyondMemory(remembered.getLast());
    }
    long number = ancestor.get().number();
    since = Math.min(since, number);
    given.removeIf(position -> position.block() > number);
    return new Poll.Reorganised(ancestor.get());
  }
}
