package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A worker's tree as far as it was shown, walked down to the first place where it differs from the
 * challenger's own. What lies left of the walk is the same in both, and what lies right of it and
 * belongs to an opening was shown: so openings in the worker's tree can be made.
 */
final class ShownTree {
  private final HashTree own;
  private final Map<Place, Hash> shown = new HashMap<>();

  /** Where the walk stands. */
  private int level;

  private int index;

  /** In the tree; the height counts from the leaves up. */
  private record Place(int height, int index) {}

  ShownTree(HashTree own) {
    this.own = own;
  }

  /** Notes the root. */
  ShownTree withRoot(Hash root) {
    shown.put(new Place(own.depth(), 0), root);
    return this;
  }

  /** Below the root. */
  int level() {
    return level;
  }

  int index() {
    return index;
  }

  int depth() {
    return own.depth();
  }

  boolean isAtLeaf() {
    return level == own.depth();
  }

  /** What the worker has where the walk stands. */
  Hash here() {
    return at(own.depth() - level, index);
  }

  /** What the worker has at a place that was shown, or left of the walk. */
  Hash at(int height, int place) {
    Hash hash = shown.get(new Place(height, place));
    return hash == null ? own.at(height, place) : hash;
  }

  /**
   * Goes on to the first hash that differs.
   *
   * @param row what was shown below where the walk stands
   * @throws DisputeException if it is no answer to the question at that place
   */
  void descend(Path path, List<Hash> row) {
    int stride = Path.stride(own.depth(), level);
    int height = own.depth() - level - stride;
    int first = index << stride;
    if (row.size() != 1 << stride) {
      throw unfitting(path, row.size() + " hashes, not " + (1 << stride));
    }
    show(path, height, first, row);
    for (int at = 0; at < row.size(); at++) {
      if (!row.get(at).equals(own.at(height, first + at))) {
        level += stride;
        index = first + at;
        return;
      }
    }
    throw unfitting(path, "hashes none of which differs, below one that does");
  }

  /** Takes the hash of the leaf where the walk ended. */
  void showLeaf(Path path, Hash leaf) {
    note(path, new Place(0, index), leaf);
  }

  private void show(Path path, int height, int first, List<Hash> row) {
    for (int at = 0; at < row.size(); at++) {
      shown.put(new Place(height, first + at), row.get(at));
    }
    int size = row.size();
    for (int up = 1; size > 1; up++) {
      size /= 2;
      for (int at = first >> up; at < (first >> up) + size; at++) {
        Hash parent = HashTree.inner(at(height + up - 1, 2 * at), at(height + up - 1, 2 * at + 1));
        note(path, new Place(height + up, at), parent);
      }
    }
  }

  private void note(Path path, Place place, Hash hash) {
    Hash before = shown.put(place, hash);
    if (before != null && !before.equals(hash)) {
      throw unfitting(path, "what does not stand in the worker's tree");
    }
  }

  static DisputeException unfitting(Path path, String what) {
    return new DisputeException("the answer to " + path + " is " + what + "; read the chain again");
  }
}
