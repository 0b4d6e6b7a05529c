package ai.opengradient.worker.dispute;

import java.math.BigInteger;

/** The fields of a path's word: {@code kind 8 | node 32 | level 8 | index 32}. */
record PathWord(int kind, int node, int level, int index) {
  static final int NODES = 1;
  static final int LEAVES = 2;
  static final int INPUT = 3;
  static final int WEIGHT = 4;
  static final int OUTPUT = 5;

  private static final int BITS = 80;
  private static final int KIND_BIT = 72;
  private static final int NODE_BIT = 40;
  private static final int LEVEL_BIT = 32;
  private static final long BYTE = 0xff;

  static BigInteger of(int kind, int node, int level, int index) {
    return BigInteger.valueOf(kind)
        .shiftLeft(KIND_BIT)
        .or(BigInteger.valueOf(Integer.toUnsignedLong(node)).shiftLeft(NODE_BIT))
        .or(BigInteger.valueOf(level & BYTE).shiftLeft(LEVEL_BIT))
        .or(BigInteger.valueOf(Integer.toUnsignedLong(index)));
  }

  static PathWord read(BigInteger word) {
    if (word.signum() < 0 || word.bitLength() > BITS) {
      throw noPath(word);
    }
    return new PathWord(
        word.shiftRight(KIND_BIT).intValue(),
        word.shiftRight(NODE_BIT).intValue(),
        (int) (word.shiftRight(LEVEL_BIT).intValue() & BYTE),
        word.intValue());
  }

  static DisputeException noPath(BigInteger word) {
    return new DisputeException(
        "0x" + word.toString(16) + " is no path; take the words that the court publishes");
  }
}
