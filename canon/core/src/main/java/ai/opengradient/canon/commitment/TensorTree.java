package ai.opengradient.canon.commitment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The keccak-256 tree over a byte string: leaves of 1,024 bytes (the last one zero-filled), at
 * least one, padded with missing leaves to a power of two. Bytes are added in pieces of any size;
 * nothing is kept but one leaf and one hash a level.
 */
public final class TensorTree {
  /** Bytes of a leaf. */
  public static final int LEAF_LENGTH = 1024;

  /** The first byte of what every leaf is the hash of. */
  public static final int LEAF_TAG = 0x00;

  private static final byte[] ZEROS = new byte[LEAF_LENGTH];

  private final Keccak256 leaf = new Keccak256();
  private final Keccak256 inner = new Keccak256();

  /** By level: the root of a full subtree that still waits for its right sibling, or null. */
  private final List<@Nullable Hash> waiting = new ArrayList<>();

  private long leaves;
  private int leafFilled;

  public TensorTree() {
    leaf.update(LEAF_TAG);
  }

  /** The root of what remains of the buffer, whose position does not change. */
  public static Hash root(ByteBuffer bytes) {
    return new TensorTree().update(bytes.duplicate()).root();
  }

  /** The root of these bytes. */
  public static Hash root(byte[] bytes) {
    return root(ByteBuffer.wrap(bytes));
  }

  /** How many leaves so many bytes have. */
  public static int leafCount(long length) {
    return (int) Math.max(1, (length + LEAF_LENGTH - 1) / LEAF_LENGTH);
  }

  /** A leaf's 1,024 bytes: the data from its place on, zero-filled. */
  public static byte[] leaf(ByteBuffer data, int place) {
    byte[] leaf = new byte[LEAF_LENGTH];
    int from = place * LEAF_LENGTH;
    data.get(data.position() + from, leaf, 0, Math.min(LEAF_LENGTH, data.remaining() - from));
    return leaf;
  }

  /**
   * The hash of a leaf.
   *
   * @param leaf 1,024 bytes
   */
  public static Hash leafHash(byte[] leaf) {
    return new Keccak256().update(LEAF_TAG).update(leaf, 0, LEAF_LENGTH).digest();
  }

  /**
   * The hashes of leaves that lie one behind the other, in the same order.
   *
   * @param data has 1,024 bytes for each of the leaves, from {@code from} on
   */
  public static byte[] leafHashes(byte[] data, int from, int leaves) {
    byte[] hashes = new byte[leaves * Hash.LENGTH];
    Keccak256 keccak = new Keccak256();
    for (int place = 0; place < leaves; place++) {
      keccak.update(LEAF_TAG).update(data, from + place * LEAF_LENGTH, LEAF_LENGTH);
      keccak.digest(hashes, place * Hash.LENGTH);
    }
    return hashes;
  }

  /** The whole tree over the buffer's bytes, from which leaves can be opened. */
  public static HashTree tree(ByteBuffer data) {
    return HashTree.of(
        IntStream.range(0, leafCount(data.remaining()))
            .mapToObj(place -> leafHash(leaf(data, place)))
            .toList());
  }

  /** Adds what remains of the buffer and leaves it empty. */
  public TensorTree update(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      int taken = Math.min(LEAF_LENGTH - leafFilled, bytes.remaining());
      leaf.update(bytes.slice(bytes.position(), taken));
      bytes.position(bytes.position() + taken);
      leafFilled += taken;
      if (leafFilled == LEAF_LENGTH) {
        closeLeaf();
      }
    }
    return this;
  }

  /** The root over everything added. The tree takes nothing more after it. */
  public Hash root() {
    if (leafFilled > 0 || leaves == 0) {
      leaf.update(ZEROS, 0, LEAF_LENGTH - leafFilled);
      closeLeaf();
    }
    int depth = HashTree.depth(leaves);
    Hash missing = HashTree.MISSING;
    @Nullable Hash right = null;
    for (int level = 0; level < depth; level++) {
      Hash left = waiting.get(level);
      if (left != null) {
        right = HashTree.inner(inner, left, right == null ? missing : right);
      } else if (right != null) {
        right = HashTree.inner(inner, right, missing);
      }
      missing = HashTree.inner(inner, missing, missing);
    }
    return right == null ? Objects.requireNonNull(waiting.get(depth)) : right;
  }

  private void closeLeaf() {
    Hash hash = leaf.digest();
    leaf.update(LEAF_TAG);
    leafFilled = 0;
    leaves++;
    for (int level = 0; ; level++) {
      if (level == waiting.size()) {
        waiting.add(hash);
        return;
      }
      Hash left = waiting.get(level);
      if (left == null) {
        waiting.set(level, hash);
        return;
      }
      hash = HashTree.inner(inner, left, hash);
      waiting.set(level, null);
    }
  }
}
