package ai.opengradient.besu.precompile;

import ai.opengradient.canon.commitment.Hash;

/**
 * An operand as a call gives it, {@code ICanon.Operand}; each field is read when it is asked for.
 *
 * @param position of the struct
 */
record Operand(CallData call, long position) {
  static final int WORDS = 4;

  private static final int COUNT = CallData.WORD;
  private static final int ROOT = 2 * CallData.WORD;
  private static final int OPENED = 3 * CallData.WORD;

  int dtype() {
    return call.u8(position);
  }

  /** How many elements it has: 32 bits. */
  long count() {
    return call.u32(position + COUNT);
  }

  boolean hasRoot(Hash root) {
    return call.has(position + ROOT, root.bytes());
  }

  Opening opened() {
    return Opening.at(call, position, position + OPENED);
  }
}
