package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * The newest blocks seen, by which a node that is behind is told from a chain that was reorganised.
 * For use by one thread at a time.
 */
final class HeadMemory {

  /** Heads kept; deeper down nodes agree, or nothing helps. */
  private static final int KEPT = 1_024;

  private final TreeMap<Long, BlockReference> heads = new TreeMap<>();

  /** What a head means. */
  enum Meaning {
    /** It is as new as what was seen, or newer. */
    FORWARD,
    /** It is older, and nothing speaks against its being of the same chain. */
    BEHIND,
    /** It is older, and of another branch. */
    OTHER_BRANCH
  }

  /** The newest block seen. */
  Optional<BlockReference> newest() {
    return heads.isEmpty() ? Optional.empty() : Optional.of(heads.lastEntry().getValue());
  }

  /**
   * What a node's head means after all that was seen.
   *
   * @param blocks the hash of the node's block of a number; empty if it has none
   */
  Meaning judge(BlockReference head, LongFunction<Optional<Hash>> blocks) {
    if (heads.isEmpty() || head.number() >= heads.lastKey()) {
      return Meaning.FORWARD;
    }
    var known = heads.floorEntry(head.number());
    if (known == null) {
      return Meaning.BEHIND;
    }
    BlockReference seen = known.getValue();
    Optional<Hash> shown =
        seen.number() == head.number() ? Optional.of(head.hash()) : blocks.apply(seen.number());
    return shown.isPresent() && !shown.get().equals(seen.hash())
        ? Meaning.OTHER_BRANCH
        : Meaning.BEHIND;
  }

  /** Keeps a head that counts; what was above it is of a branch that is no more. */
  void see(BlockReference head) {
    heads.tailMap(head.number(), true).clear();
    heads.put(head.number(), head);
    while (heads.size() > KEPT) {
      heads.pollFirstEntry();
    }
  }
}
