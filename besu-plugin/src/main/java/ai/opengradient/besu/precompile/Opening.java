package ai.opengradient.besu.precompile;

import static ai.opengradient.canon.commitment.TensorTree.LEAF_LENGTH;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorTree;
import java.util.Optional;

/**
 * Leaves of a tensor as a call gives them, {@code ICanon.Leaves}.
 *
 * @param position of the struct
 * @param leaves their bytes
 * @param given places, of which the last one is followed by those that are not given
 */
record Opening(CallData call, long position, CallData.Span leaves, CallData.Span given) {
  static final int WORDS = 3;

  /** The struct at a position. */
  static Opening at(CallData call, long position) {
    CallData.Span leaves = call.byteString(position, position + CallData.WORD);
    return new Opening(call, position, leaves, call.words(position, position));
  }

  /** The struct that a field points to. */
  static Opening at(CallData call, long base, long field) {
    return at(call, call.struct(base, field, WORDS));
  }

  /** Read when it is needed, as it may be malformed. */
  CallData.Span siblings() {
    return call.words(position, position + 2L * CallData.WORD);
  }

  boolean isNone() {
    return given.length() == 0 && leaves.length() == 0 && siblings().length() == 0;
  }

  /** How many leaves there are. */
  int held() {
    return leaves.length() / LEAF_LENGTH;
  }

  /**
   * The root of the tree of that depth in which the leaves stand at their places, if there is one.
   */
  Optional<Hash> root(long depth) {
    if (leaves.length() % LEAF_LENGTH != 0 || given.length() == 0 || given.length() > held()) {
      return Optional.empty();
    }
    // A single place is looked at before the siblings, several are not.
    if (given.length() == 1 && !standIn(depth)) {
      return Optional.empty();
    }
    CallData.Span siblings = siblings();
    if (!standIn(depth)) {
      return Optional.empty();
    }
    byte[] hashes = TensorTree.leafHashes(call.bytes(), (int) leaves.position(), held());
    return HashTree.root(
        (int) depth, places(), hashes, call.bytes(), (int) siblings.position(), siblings.length());
  }

  /** Whether the last place, and with it each that ascends to it, is one of such a tree. */
  private boolean standIn(long depth) {
    long last = place(given.length() - 1) + held() - given.length();
    return depth <= HashTree.DEPTH_AT_MOST && last >>> depth == 0;
  }

  private long place(int ordinal) {
    return call.count(given.position() + (long) ordinal * CallData.WORD);
  }

  /** Of all leaves; there is one at least. One that is in no tree is as good as the greatest. */
  int[] places() {
    int[] places = new int[held()];
    for (int ordinal = 0; ordinal < places.length; ordinal++) {
      places[ordinal] =
          ordinal < given.length()
              ? (int) Math.min(place(ordinal), Integer.MAX_VALUE)
              : places[ordinal - 1] + 1;
    }
    return places;
  }
}
