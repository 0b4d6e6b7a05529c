package ai.opengradient.canon.commitment;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tree over a list of hashes, kept whole so that any of them can be opened: a perfect binary
 * tree with the missing leaf's hash in the places beyond the list. Source: sections 11 and 12 of
 * {@code docs/canon.md}.
 */
public final class HashTree {
  /** The first byte of what every inner node is the hash of. */
  public static final int INNER_TAG = 0x01;

  private static final int MISSING_TAG = 0x03;

  /** Places are counted in 31 bits. */
  private static final int DEPTH_AT_MOST = 31;

  /** At a place where there is no leaf. */
  public static final Hash MISSING = Words.tagged(MISSING_TAG).hash();

  /** From the leaves up; without what is missing. */
  private final List<List<Hash>> levels = new ArrayList<>();

  /** By level: the hash of a subtree in which all leaves are missing. */
  private final List<Hash> missing = new ArrayList<>();

  private HashTree(List<Hash> leaves, Hash missingLeaf) {
    levels.add(List.copyOf(leaves));
    missing.add(missingLeaf);
    while (levels.getLast().size() > 1) {
      List<Hash> level = levels.getLast();
      Hash absent = missing.getLast();
      List<Hash> parents = new ArrayList<>();
      for (int place = 0; place < level.size(); place += 2) {
        Hash right = place + 1 < level.size() ? level.get(place + 1) : absent;
        parents.add(inner(level.get(place), right));
      }
      levels.add(parents);
      missing.add(inner(absent, absent));
    }
  }

  /**
   * The tree over these hashes, of places 0, 1, …
   *
   * @throws IllegalArgumentException if there is none
   */
  public static HashTree of(List<Hash> leaves) {
    return of(leaves, MISSING);
  }

  /**
   * The upper part of a tree, over the roots of subtrees of one depth.
   *
   * @param missing the root of such a subtree without any leaves
   * @throws IllegalArgumentException if there is none
   */
  public static HashTree of(List<Hash> subtrees, Hash missing) {
    if (subtrees.isEmpty()) {
      throw new IllegalArgumentException("a tree has at least one leaf");
    }
    return new HashTree(subtrees, missing);
  }

  /** H(01 ‖ left ‖ right). */
  public static Hash inner(Hash left, Hash right) {
    return Words.tagged(INNER_TAG).add(left).add(right).hash();
  }

  /** ⌈log₂ leaves⌉, of at least one leaf. */
  public static int depth(long leaves) {
    return Long.SIZE - Long.numberOfLeadingZeros(leaves - 1);
  }

  public int depth() {
    return levels.size() - 1;
  }

  public Hash root() {
    return levels.getLast().getFirst();
  }

  /**
   * The siblings that show what stands at these places.
   *
   * @throws IllegalArgumentException if there is no place, or one that the tree doesn't have
   */
  public List<Hash> open(SortedSet<Integer> places) {
    return open(depth(), places, this::at);
  }

  /** Where a tree's hashes are to be had. */
  @FunctionalInterface
  public interface Hashes {
    /**
     * A hash of the tree.
     *
     * @param level from the leaves up
     * @param place from the left
     */
    Hash at(int level, int place);
  }

  /**
   * The same, of a tree of which the siblings are known and perhaps not much more.
   *
   * @throws IllegalArgumentException if there is no place, or one that such a tree doesn't have
   */
  public static List<Hash> open(int depth, SortedSet<Integer> places, Hashes hashes) {
    if (places.isEmpty() || places.first() < 0 || places.last() >>> depth != 0) {
      throw new IllegalArgumentException("a tree of depth " + depth + " has not all of " + places);
    }
    List<Hash> siblings = new ArrayList<>();
    SortedSet<Integer> known = places;
    for (int level = 0; level < depth; level++) {
      SortedSet<Integer> parents = new TreeSet<>();
      for (int place : known) {
        if (!known.contains(place ^ 1)) {
          siblings.add(hashes.at(level, place ^ 1));
        }
        parents.add(place >>> 1);
      }
      known = parents;
    }
    return siblings;
  }

  /**
   * A hash of the tree, whether a leaf is below it or not.
   *
   * @param level 0 for the leaves, the depth for the root
   * @param place from the left
   * @throws IllegalArgumentException if the tree has no such place
   */
  public Hash at(int level, int place) {
    if (level < 0 || level > depth() || place < 0 || place >>> (depth() - level) != 0) {
      throw new IllegalArgumentException(
          "a tree of depth " + depth() + " has no place " + place + " on level " + level);
    }
    List<Hash> hashes = levels.get(level);
    return place < hashes.size() ? hashes.get(place) : missing.get(level);
  }

  /**
   * The root of a tree in which these hashes stand at these places, or nothing if the siblings are
   * too few or too many, or the places not strictly ascending places of such a tree.
   *
   * @param depth 0 to 31
   * @param places one for each of the hashes
   */
  public static Optional<Hash> root(
      int depth, List<Integer> places, List<Hash> hashes, List<Hash> siblings) {
    if (depth < 0 || depth > DEPTH_AT_MOST || places.isEmpty() || places.size() != hashes.size()) {
      return Optional.empty();
    }
    SortedMap<Integer, Hash> known = new TreeMap<>();
    long least = 0;
    for (int at = 0; at < places.size(); at++) {
      int place = places.get(at);
      if (place < least || (long) place >>> depth != 0) {
        return Optional.empty();
      }
      least = place + 1L;
      known.put(place, hashes.get(at));
    }
    Iterator<Hash> unused = siblings.iterator();
    try {
      for (int level = 0; level < depth; level++) {
        known = parents(known, unused);
      }
    } catch (NoSuchElementException e) {
      return Optional.empty();
    }
    return unused.hasNext() ? Optional.empty() : Optional.of(known.values().iterator().next());
  }

  private static SortedMap<Integer, Hash> parents(
      SortedMap<Integer, Hash> known, Iterator<Hash> siblings) {
    SortedMap<Integer, Hash> parents = new TreeMap<>();
    known.forEach((place, hash) -> {
      boolean isLeft = (place & 1) == 0;
      Hash partner = known.get(place ^ 1);
      if (partner == null) {
        partner = siblings.next();
      }
      // The right one of a known pair finds the left one's work done.
      parents.putIfAbsent(place >>> 1, isLeft ? inner(hash, partner) : inner(partner, hash));
    });
    return parents;
  }
}
