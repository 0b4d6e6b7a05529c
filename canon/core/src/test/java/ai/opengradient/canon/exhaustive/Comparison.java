package ai.opengradient.canon.exhaustive;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How a slice's results differ from those that are right.
 *
 * @param wrong how many differ
 * @param first the places of the first of them
 */
record Comparison(int wrong, List<Integer> first) {
  private static final int SHOWN = 5;

  Comparison {
    first = List.copyOf(first);
  }

  /** Of results of four bytes each, as many as there are right ones. */
  static Comparison of(byte[] results, byte[] right) {
    if (results.length != right.length) {
      throw new IllegalArgumentException(
          results.length + " bytes of results, " + right.length + " right");
    }
    ByteBuffer given = ByteBuffer.wrap(results);
    ByteBuffer expected = ByteBuffer.wrap(right);
    int wrong = 0;
    List<Integer> first = new ArrayList<>();
    for (int at = 0; given.hasRemaining(); at++) {
      if (given.getInt() != expected.getInt() && ++wrong <= SHOWN) {
        first.add(at);
      }
    }
    return new Comparison(wrong, first);
  }

  /** The results of an odd function for the arguments with the other sign. */
  static byte[] negated(byte[] results) {
    ByteBuffer negated = ByteBuffer.wrap(results.clone());
    for (int at = 0; at < negated.limit(); at += Integer.BYTES) {
      int bits = negated.getInt(at);
      // Zero and NaN have no sign.
      boolean isSigned = bits != 0 && (bits & Integer.MAX_VALUE) <= 0x7f800000;
      negated.putInt(at, isSigned ? bits ^ Integer.MIN_VALUE : bits);
    }
    return negated.array();
  }
}
