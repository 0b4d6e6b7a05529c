package ai.opengradient.canon.commitment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
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
  public static final int DEPTH_AT_MOST = 31;

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
    return inner(new Keccak256(), left, right);
  }

  /** The same, by one that hashes nothing else now. */
  static Hash inner(Keccak256 keccak, Hash left, Hash right) {
    keccak.update(INNER_TAG);
    left.addTo(keccak);
    right.addTo(keccak);
    return keccak.digest();
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
    if (places.size() != hashes.size()) {
      return Optional.empty();
    }
    byte[] given = joined(siblings);
    return root(
        depth,
        places.stream().mapToInt(Integer::intValue).toArray(),
        joined(hashes),
        given,
        0,
        siblings.size());
  }

  private static byte[] joined(List<Hash> hashes) {
    byte[] joined = new byte[hashes.size() * Hash.LENGTH];
    for (int at = 0; at < hashes.size(); at++) {
      System.arraycopy(hashes.get(at).bytes(), 0, joined, at * Hash.LENGTH, Hash.LENGTH);
    }
    return joined;
  }

  /**
   * The same, of hashes that lie one behind the other.
   *
   * @param places overwritten
   * @param hashes one for each of the places; overwritten
   * @param siblings where they are, from {@code from} on, so many
   */
  public static Optional<Hash> root(
      int depth, int[] places, byte[] hashes, byte[] siblings, int from, int count) {
    if (depth < 0 || depth > DEPTH_AT_MOST || !ascend(places, depth)) {
      return Optional.empty();
    }
    Keccak256 keccak = new Keccak256();
    int held = places.length;
    int used = 0;
    for (int level = 0; level < depth; level++) {
      int parents = 0;
      for (int at = 0; at < held; parents++) {
        int place = places[at];
        int hash = Hash.LENGTH * at++;
        keccak.update(INNER_TAG);
        if ((place & 1) == 0 && at < held && places[at] == place + 1) {
          keccak.update(hashes, hash, 2 * Hash.LENGTH);
          at++;
        } else {
          if (used == count) {
            return Optional.empty();
          }
          int sibling = from + Hash.LENGTH * used++;
          if ((place & 1) == 0) {
            keccak.update(hashes, hash, Hash.LENGTH).update(siblings, sibling, Hash.LENGTH);
          } else {
            keccak.update(siblings, sibling, Hash.LENGTH).update(hashes, hash, Hash.LENGTH);
          }
        }
        keccak.digest(hashes, Hash.LENGTH * parents);
        places[parents] = place >>> 1;
      }
      held = parents;
    }
    return used == count
        ? Optional.of(Hash.ofOwn(Arrays.copyOf(hashes, Hash.LENGTH)))
        : Optional.empty();
  }

  /** Whether there are places, all of them in such a tree, each above the one before. */
  private static boolean ascend(int[] places, int depth) {
    long least = 0;
    for (int place : places) {
      if (place < least) {
        return false;
      }
      least = place + 1L;
    }
    return least != 0 && (least - 1) >>> depth == 0;
  }
}
