package ai.opengradient.canon.engine.commitment;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorTree;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree over a byte string, put together from the roots of pieces that several threads can hash.
 * A piece is a subtree of the whole; the last one may have fewer leaves.
 */
public final class ForkedTensorTree {
  private static final int PIECE_DEPTH = 10;

  /** Bytes of a piece. */
  public static final int PIECE = TensorTree.LEAF_LENGTH << PIECE_DEPTH;

  private ForkedTensorTree() {}

  /** How many pieces so many bytes have: at least one. */
  public static int pieces(long length) {
    return (int) Math.max(1, Math.ceilDiv(length, PIECE));
  }

  /**
   * The root of the whole.
   *
   * @param roots of the pieces, each as if it were alone
   * @param length bytes of all pieces together
   */
  public static Hash root(List<Hash> roots, long length) {
    if (roots.size() == 1) {
      return roots.getFirst();
    }
    int lastLeaves = TensorTree.leafCount(length - (roots.size() - 1L) * PIECE);
    Hash last = roots.getLast();
    Hash missing = HashTree.MISSING;
    for (int level = 0; level < PIECE_DEPTH; level++) {
      if (level >= HashTree.depth(lastLeaves)) {
        last = HashTree.inner(last, missing);
      }
      missing = HashTree.inner(missing, missing);
    }
    List<Hash> subtrees = new ArrayList<>(roots);
    subtrees.set(subtrees.size() - 1, last);
    return HashTree.of(subtrees, missing).root();
  }
}
