package ai.opengradient.canon.engine.commitment;

import static ai.opengradient.canon.engine.commitment.LanewisePermutation.LANES;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The root of the tree over a list of hashes, as {@link HashTree} defines it, with as many inner
 * nodes hashed at once as a vector has lanes. Hashes are added one after the other; nothing is kept
 * but the hashes of each level that still wait for others. One instance takes one list at a time
 * and may be used again after {@link #root()}. Not for use by several threads.
 *
 * <p>Source: section 11 of {@code docs/canon.md}.
 */
public final class LanewiseHashTree {
  private static final int MOST_LEVELS = Long.SIZE;

  /** By level: the hash of a subtree in which all leaves are missing. */
  private static final List<Hash> MISSING =
      Stream.iterate(HashTree.MISSING, missing -> HashTree.inner(missing, missing))
          .limit(MOST_LEVELS)
          .toList();

  private final LanewiseKeccak inner = new LanewiseKeccak(HashTree.INNER_TAG, 2 * Hash.LENGTH);
  private final List<Level> levels = new ArrayList<>();
  private long leaves;

  /**
   * The root over these hashes.
   *
   * @throws IllegalStateException if there is none
   */
  public static Hash root(List<Hash> leaves) {
    LanewiseHashTree tree = new LanewiseHashTree();
    leaves.forEach(tree::add);
    return tree.root();
  }

  /** Adds a hash. */
  public LanewiseHashTree add(Hash hash) {
    add(hash.bytes(), 1);
    return this;
  }

  /** Adds the hashes that stand at the start of the array. */
  void add(byte[] hashes, int count) {
    for (int added = 0; added < count; ) {
      Level lowest = level(0);
      int taken = Math.min(lowest.room(), count - added);
      lowest.add(hashes, added, taken);
      combineIfFull(0);
      added += taken;
    }
    leaves += count;
  }

  boolean isEmpty() {
    return leaves == 0;
  }

  /**
   * The root over everything added since the start or the last root; the instance starts anew.
   *
   * @throws IllegalStateException if nothing was
   */
  public Hash root() {
    if (isEmpty()) {
      throw new IllegalStateException("a tree has at least one leaf");
    }
    int depth = HashTree.depth(leaves);
    for (int level = 0; level < depth; level++) {
      Level below = level(level);
      if (below.count % 2 == 1) {
        below.add(MISSING.get(level).bytes(), 0, 1);
      }
      combine(level);
    }
    leaves = 0;
    return level(depth).takeOnly();
  }

  /** Puts every pair's hash one level higher. */
  private void combine(int level) {
    Level below = level(level);
    Level above = level(level + 1);
    int pairs = below.count / 2;
    inner.hash(below.hashes, pairs, above.hashes, above.count * Hash.LENGTH);
    below.count = 0;
    above.count += pairs;
    combineIfFull(level + 1);
  }

  private void combineIfFull(int level) {
    if (level(level).room() == 0) {
      combine(level);
    }
  }

  private Level level(int level) {
    if (level == levels.size()) {
      levels.add(new Level());
    }
    return levels.get(level);
  }

  /** The hashes that wait on one level: at most one pair a lane. */
  private static final class Level {
    private final byte[] hashes = new byte[2 * LANES * Hash.LENGTH];
    private int count;

    int room() {
      return 2 * LANES - count;
    }

    void add(byte[] source, int first, int added) {
      System.arraycopy(
          source, first * Hash.LENGTH, hashes, count * Hash.LENGTH, added * Hash.LENGTH);
      count += added;
    }

    Hash takeOnly() {
      count = 0;
      return Hash.of(Arrays.copyOf(hashes, Hash.LENGTH));
    }
  }
}
