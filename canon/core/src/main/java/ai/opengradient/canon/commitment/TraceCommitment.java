package ai.opengradient.canon.commitment;

import java.math.BigInteger;

/**
 * The hash that commits to a trace: to every node's tensor of one job's run, bound to the court
 * that may judge it. Source: section 11 of {@code docs/canon.md}.
 */
public final class TraceCommitment {
  private static final int TRACE_TAG = 0x07;
  private static final int ADDRESS_BITS = 160;

  private TraceCommitment() {}

  /**
   * The commitment.
   *
   * @param court its address as a number
   * @param program the program's commitment
   * @param tensors the root of the {@link HashTree} over the nodes' tensor commitments
   * @throws IllegalArgumentException if the court's address has more than 20 bytes, or a number
   *     does not fit a word
   */
  public static Hash of(
      BigInteger chainId, BigInteger court, BigInteger job, Hash program, Hash tensors) {
    if (court.bitLength() > ADDRESS_BITS) {
      throw new IllegalArgumentException("0x" + court.toString(16) + " is not an address");
    }
    return Words.tagged(TRACE_TAG)
        .add(chainId)
        .add(court)
        .add(job)
        .add(program)
        .add(tensors)
        .hash();
  }
}
