package ai.opengradient.canon.commitment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keccak-256 tree over a byte string: leaves of 1,024 bytes (the last one zero-filled), at
 * least one, padded with missing leaves to a power of two. Bytes are added in pieces of any size;
 * nothing is kept but one leaf and one hash a level.
 */
public final class TensorTree {
  /** Bytes of a leaf. */
  public static final int LEAF_LENGTH = 1024;

  private static final int LEAF_TAG = 0x00;
  private static final int INNER_TAG = 0x01;
  private static final int MISSING_TAG = 0x03;
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
    int depth = Long.SIZE - Long.numberOfLeadingZeros(leaves - 1);
    Hash missing = new Keccak256().update(MISSING_TAG).digest();
    @Nullable Hash right = null;
    for (int level = 0; level < depth; level++) {
      Hash left = waiting.get(level);
      if (left != null) {
        right = innerHash(left, right == null ? missing : right);
      } else if (right != null) {
        right = innerHash(right, missing);
      }
      missing = innerHash(missing, missing);
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
      hash = innerHash(left, hash);
      waiting.set(level, null);
    }
  }

  private Hash innerHash(Hash left, Hash right) {
    return inner
        .update(INNER_TAG)
        .update(left.bytes(), 0, Hash.LENGTH)
        .update(right.bytes(), 0, Hash.LENGTH)
        .digest();
  }
}
