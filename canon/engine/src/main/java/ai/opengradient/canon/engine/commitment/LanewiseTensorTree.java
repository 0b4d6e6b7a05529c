package ai.opengradient.canon.engine.commitment;

import static ai.opengradient.canon.commitment.TensorTree.LEAF_LENGTH;
import static ai.opengradient.canon.engine.commitment.LanewisePermutation.LANES;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The keccak-256 tree over a byte string, as {@link TensorTree} defines it, with as many leaves and
 * inner nodes hashed at once as a vector has lanes. Bytes are added in pieces of any size; nothing
 * is kept but a buffer of leaves and what {@link LanewiseHashTree} keeps. One instance takes one
 * string at a time and may be used again after {@link #root()}. Not for use by several threads.
 *
 * <p>Source: section 11 of {@code docs/canon.md}.
 */
public final class LanewiseTensorTree {

  /**
   * Leaves collected before they are hashed: several times the lanes, because memory is read
   * fastest in long runs.
   */
  private static final int LEAVES = 8 * LANES;

  private final LanewiseKeccak keccak = new LanewiseKeccak(TensorTree.LEAF_TAG, LEAF_LENGTH);
  private final LanewiseHashTree tree = new LanewiseHashTree();
  private final byte[] leaves = new byte[LEAVES * LEAF_LENGTH];
  private final byte[] hashes = new byte[LEAVES * Hash.LENGTH];
  private int filled;

  /** The root of what remains of the buffer, whose position does not change. */
  public static Hash root(ByteBuffer bytes) {
    return new LanewiseTensorTree().update(bytes.duplicate()).root();
  }

  /** The root of the segment's bytes. */
  public static Hash root(MemorySegment bytes) {
    return new LanewiseTensorTree().update(bytes).root();
  }

  /** Adds what remains of the buffer and leaves it empty. */
  public LanewiseTensorTree update(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      int taken = Math.min(leaves.length - filled, bytes.remaining());
      bytes.get(leaves, filled, taken);
      filled += taken;
      hashLeavesIfFull();
    }
    return this;
  }

  /** Adds the segment's bytes. */
  public LanewiseTensorTree update(MemorySegment bytes) {
    for (long position = 0; position < bytes.byteSize(); ) {
      int taken = (int) Math.min(leaves.length - filled, bytes.byteSize() - position);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, position, leaves, filled, taken);
      position += taken;
      filled += taken;
      hashLeavesIfFull();
    }
    return this;
  }

  /** The root over everything added since the start or the last root; the instance starts anew. */
  public Hash root() {
    if (filled > 0 || tree.isEmpty()) {
      hashLeaves();
    }
    return tree.root();
  }

  private void hashLeavesIfFull() {
    if (filled == leaves.length) {
      hashLeaves();
    }
  }

  private void hashLeaves() {
    int count = TensorTree.leafCount(filled);
    Arrays.fill(leaves, filled, count * LEAF_LENGTH, (byte) 0);
    keccak.hash(leaves, count, hashes, 0);
    tree.add(hashes, count);
    filled = 0;
  }
}
